package io.adversight.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.graph.Node;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Selection;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.tensor.Device;
import io.adversight.tensor.Engine;
import io.adversight.tensor.InferenceSession;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Passes without gradients in ONNX Runtime against those of libtorch. */
class ForwardPassTest {
  private static final DataHome HOME = new DataHome(Path.of("no-home"), List.of());
  private static final int IMAGES = 3;

  private final int threads = Engine.threads();

  @AfterEach
  void restore() {
    Engine.setThreads(threads);
  }

  static Stream<String> embedded() {
    return new Models(HOME)
        .list().stream()
            .filter(model -> model.state() == KnownModel.State.EMBEDDED)
            .map(model -> model.card().name());
  }

  private static GraphClassifier open(String name, EngineChoice engine) {
    return ModelReader.openAny(new Models(HOME).locate(name, ByteProgress.NONE), Device.CPU)
        .on(engine);
  }

  private static Tensor pixels(Classifier classifier, int images) {
    Input input = classifier.card().input();
    int size = images * input.channels() * input.height() * input.width();
    float[] values = new Rng(5).uniform(size, 0, 1);
    return Tensor.of(values, images, input.channels(), input.height(), input.width());
  }

  private static void assertSame(Tensor found, Tensor expected) {
    assertThat(found.shape()).isEqualTo(expected.shape());
    // Each of the two may be off the exact value by the rounding error.
    double[] rounding = expected.linfPerImage().mul(2 * Classifier.ROUNDING).toDoubles();
    double[] errors = found.sub(expected).linfPerImage().toDoubles();
    for (int i = 0; i < errors.length; i++) {
      assertThat(errors[i]).isLessThanOrEqualTo(rounding[i]);
    }
  }

  @ParameterizedTest
  @MethodSource("embedded")
  void bothEnginesGiveTheSameLogitsInBatchesAloneAndWithSeveralThreads(String name) {
    GraphClassifier onnx = open(name, EngineChoice.ONNXRUNTIME);
    try (Scope scope = Scope.open()) {
      Tensor pixels = pixels(onnx, IMAGES);
      Tensor expected = open(name, EngineChoice.LIBTORCH).logits(pixels);
      for (int count : new int[] {1, 2}) {
        Engine.setThreads(count);
        assertSame(onnx.logits(pixels), expected);
        List<Tensor> singles = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
          singles.add(onnx.logits(pixels.rows(i)));
        }
        assertSame(Tensor.concat(singles, 0), expected);
      }
      assertThat(onnx.engine()).startsWith(InferenceSession.VERSION).contains(Engine.version());
    } finally {
      onnx.close();
    }
  }

  @Test
  void aPassThatIsRecordedHasItsGradient() {
    try (Scope scope = Scope.open()) {
      GraphClassifier digits = open("digits", EngineChoice.ONNXRUNTIME);
      Tensor logits = digits.logits(pixels(digits, 1).leaf());
      assertThat(logits.isRecorded()).isTrue();
    }
  }

  // Sessions of earlier tests may be freed at any time.
  @Test
  void oneSessionServesAClassifierUntilItIsClosed() {
    int before = InferenceSession.open();
    GraphClassifier digits = open("digits", EngineChoice.ONNXRUNTIME);
    try (Scope scope = Scope.open()) {
      Tensor pixels = pixels(digits, 2);
      Tensor first = digits.logits(pixels);
      digits.foundIn(HOME).logits(pixels);
      assertThat(InferenceSession.open()).isLessThanOrEqualTo(before + 1);
      Engine.setThreads(threads + 1);
      digits.logits(pixels);
      assertThat(InferenceSession.open()).isLessThanOrEqualTo(before + 1);
      digits.close();
      assertThat(InferenceSession.open()).isLessThanOrEqualTo(before);
      assertThat(digits.logits(pixels).toFloats()).isEqualTo(first.toFloats());
      digits.close();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theLibraryIsLoadedFromWhereItIsUnpackedOnce() throws IOException {
    GraphClassifier digits = open("digits", EngineChoice.ONNXRUNTIME);
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      String temporary = System.getProperty("java.io.tmpdir") + "/onnxruntime-java";
      assertThat(maps.filter(line -> line.contains("libonnxruntime")))
          .isNotEmpty()
          .noneMatch(line -> line.contains(temporary));
    } finally {
      digits.close();
    }
  }

  @Test
  void memoryStaysFlat() {
    GraphClassifier cifar = open("cifar10", EngineChoice.ONNXRUNTIME);
    for (int round = 0; round < 20; round++) {
      passes(cifar);
    }
    long before = Engine.residentBytes();
    for (int round = 0; round < 60; round++) {
      passes(cifar);
    }
    assertThat((Engine.residentBytes() - before) >> 20).isLessThan(40);
    cifar.close();
  }

  private static void passes(GraphClassifier classifier) {
    for (int images : new int[] {1, 7, 16}) {
      try (Scope scope = Scope.open()) {
        classifier.logits(pixels(classifier, images));
      }
    }
  }

  @Test
  void severalThreadsUseAClassifierAtOnceWhileItsThreadsChange() throws Exception {
    GraphClassifier digits = open("digits", EngineChoice.ONNXRUNTIME);
    ExecutorService workers = Executors.newFixedThreadPool(4);
    try (Scope scope = Scope.open()) {
      Tensor pixels = pixels(digits, IMAGES);
      float[] expected = digits.logits(pixels).argmax(1).toFloats();
      List<Future<float[]>> found = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int count = 1 + i / 20;
        found.add(
            workers.submit(
                () -> {
                  Engine.setThreads(count);
                  try (Scope inner = Scope.open()) {
                    return digits.logits(pixels).argmax(1).toFloats();
                  }
                }));
      }
      for (Future<float[]> classes : found) {
        assertThat(classes.get()).isEqualTo(expected);
      }
    } finally {
      workers.shutdownNow();
      digits.close();
    }
  }

  private static final Node FLAT = new Node("flat", new Layout.Flatten(1), List.of("x"));

  @Test
  void aNetworkThatCannotBeHandedOverStaysWithLibtorchAndSaysWhy() {
    Node sorted = new Node("sorted", new Selection.TopK(1, 2, true, false), List.of("flat"));
    GraphClassifier odd = TwoClasses.of(FLAT, sorted);
    GraphClassifier auto = odd.on(EngineChoice.AUTO);
    assertThat(auto.engine())
        .startsWith(Engine.version())
        .contains("not ONNX Runtime: node \"sorted\"");
    assertThatThrownBy(() -> odd.on(EngineChoice.ONNXRUNTIME))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("node \"sorted\"")
        .hasMessageContaining("--engine libtorch");
  }

  @Test
  void whereTwoLogitsDifferByRoundingOnlyOneEngineDecides() {
    GraphClassifier flat = TwoClasses.of(FLAT).on(EngineChoice.ONNXRUNTIME);
    try (Scope scope = Scope.open()) {
      Tensor pixels = Tensor.of(new float[] {0.5f, 0.500001f, 0.5f, 0.6f}, 2, 1, 1, 2);
      Tensor other = Tensor.of(new float[] {0.500001f, 0.5f, 0.6f, 0.5f}, 2, 2);
      Tensor settled = flat.settled(pixels, other);
      assertThat(settled.argmax(1).toLongs()).containsExactly(1, 0);
      assertThat(flat.on(EngineChoice.LIBTORCH).settled(pixels, other)).isSameAs(other);
    }
  }

  @Test
  void anUnknownEngineIsNamedWithThoseThereAre() {
    assertThatThrownBy(() -> EngineChoice.named("cuda"))
        .hasMessage("there is no engine \"cuda\"; the engines are auto, libtorch, onnxruntime");
  }
}
