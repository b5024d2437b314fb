package io.adversight.graph.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.graph.Graph;
import io.adversight.graph.OperatorExamples;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every operator between two others against ONNX Runtime, whose outputs {@code operators.zip}
 * holds. Where an example changes, {@code -Dadversight.writeExamples=FOLDER} writes the files, and
 * {@code operators.py} beside the archive runs them.
 */
class OperatorReferenceTest {
  private static final int THREADS = Engine.threads();
  private static final long[] SIZES = {1, 4, 6, 6};

  /** Of operators that ONNX Runtime does not have, or in other forms only. */
  private static final List<String> WITHOUT_REFERENCE =
      List.of(
          "Scatter of largest elements", "com.microsoft.LayerNormalization", "ai.onnx.ml.ZipMap");

  private static final Pattern STEPS =
      Pattern.compile(
          "Sign|Round|Floor|Ceil|[Qq]uant|QLinear|QGemm|QAttention|Integer|Hardmax|ArgM|OneHot|Equal|Greater"
              + "|Less|And|Or|Not|Where|TopK");

  @BeforeAll
  static void useOneThreadForTinyTensors() {
    Engine.setThreads(1);
  }

  @AfterAll
  static void useAllThreadsAgain() {
    Engine.setThreads(THREADS);
  }

  @Test
  void givesWhatOnnxRuntimeGives() throws IOException {
    Map<String, float[]> references = references();
    float[] image = new Rng(3).uniform(144, 0.1, 1);
    String folder = System.getProperty("adversight.writeExamples", "");
    if (!folder.isEmpty()) {
      Files.write(Path.of(folder, "input"), bytes(image));
    }
    Map<String, Integer> uses = new HashMap<>();
    for (OperatorExamples example : OperatorsInGraphsTest.examples().toList()) {
      int use = uses.merge(example.toString(), 1, Integer::sum);
      String name = use == 1 ? example.toString() : "%s, use %s".formatted(example, use);
      byte[] file = OperatorsInGraphsTest.between(example).bytes();
      if (!folder.isEmpty()) {
        Files.write(Path.of(folder, name + ".onnx"), file);
      } else if (!WITHOUT_REFERENCE.contains(name)) {
        try (Scope scope = Scope.open()) {
          Tensor output = OnnxImporter.read(file, name).graph().forward(Tensor.of(image, SIZES));
          assertThat(references).as(name).containsKey(name);
          assertThat(output.toFloats())
              .as(name)
              .containsExactly(references.get(name), within(1e-5f));
        }
      }
    }
  }

  /**
   * Of operators with steps the gradient is 0, or passes straight through; the others' is exact.
   */
  @Test
  void hasTheGradientThatDifferencesShow() {
    float[] image = new Rng(3).uniform(144, 0.1, 1);
    float step = 1e-3f;
    SoftAssertions softly = new SoftAssertions();
    for (OperatorExamples example : OperatorsInGraphsTest.examples().toList()) {
      if (STEPS.matcher(example.type()).find()) {
        continue;
      }
      try (Scope scope = Scope.open()) {
        Graph graph = OperatorsInGraphsTest.between(example).read().graph();
        Tensor x = Tensor.of(image, SIZES).leaf();
        Tensor y = graph.forward(x);
        Tensor weights =
            Tensor.of(new Rng(4).uniform((int) y.elements(), 0, 1), y.shape().toArray());
        Tensor gradient = Gradients.of(y.mul(weights).sum(), x);
        Tensor direction = Tensor.of(new Rng(5).uniform(144, 0, 1), SIZES);
        double slope = gradient.mul(direction).sum().item();
        Tensor ahead = graph.forward(x.detach().add(direction.mul(step)));
        Tensor behind = graph.forward(x.detach().sub(direction.mul(step)));
        double quotient =
            ahead.asDouble().sub(behind.asDouble()).mul(weights.asDouble()).sum().item()
                / (2 * step);
        double size = gradient.abs().sum().item() / 2;
        softly
            .assertThat(slope)
            .as(example.toString())
            .isCloseTo(quotient, within(0.02 * size + 2e-3));
      }
    }
    softly.assertAll();
  }

  private static Map<String, float[]> references() throws IOException {
    Map<String, float[]> found = new HashMap<>();
    try (InputStream in = OperatorReferenceTest.class.getResourceAsStream("operators.zip");
        ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(in))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] bytes = zip.readAllBytes();
        float[] values = new float[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        found.put(entry.getName(), values);
      }
    }
    return found;
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
