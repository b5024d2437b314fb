package io.adversight.graph.derivative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.OnnxFile;
import io.adversight.graph.OperatorExamples;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.graph.onnx.OperatorsInGraphsTest;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.AutoPad;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Pooling;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.InferenceSession;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rule of every operator that the importer reads, against libtorch's automatic differentiation:
 * alone, behind and before other operators, a batch of different images and each of them alone.
 */
class GradientRulesTest {
  /** Operators without a rule. */
  private static final List<String> WITHOUT =
      List.of(
          "DequantizeLinear",
          "GatherElements",
          "GatherND",
          "GridSample",
          "QuantizeLinear",
          "ReduceProd",
          "ScatterElements",
          "ScatterND",
          "TopK");

  private static final int THREADS = Engine.threads();
  private static final Shape IMAGE = Shape.of(1, 4, 6, 6);

  @BeforeAll
  static void useOneThreadForTinyTensors() {
    Engine.setThreads(1);
  }

  @AfterAll
  static void useAllThreadsAgain() {
    Engine.setThreads(THREADS);
  }

  static Stream<OperatorExamples> examples() {
    return OperatorsInGraphsTest.examples();
  }

  private static OnnxFile alone(OperatorExamples example) {
    OnnxFile file = new OnnxFile(example.opset()).input(-1, 4, 6, 6);
    example.nodes().add(file, "x", "y");
    return file;
  }

  /** Different images; windows find equal elements in them. */
  private static Tensor batch(int images) {
    float[] values = new Rng(3).uniform(images * 144, 0.1, 0.9);
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 3 == 0 ? Math.round(8 * values[i]) / 8f + 0.015f : values[i];
    }
    return Tensor.of(values, images, 4, 6, 6);
  }

  /** Weights of the output's elements, the same for every image, (1, ...). */
  private static Tensor weights(Shape output) {
    Shape one = output.with(0, 1);
    return Tensor.of(new Rng(4).uniform((int) one.elements(), -1, 1), one.toArray());
  }

  private static Graph derived(Graph graph) {
    GraphExtension extension = new GraphExtension(graph, IMAGE);
    Expression output = extension.output();
    Expression value = output.times(extension.constant(weights(output.shape())));
    Expression gradient = Differentiation.of(value, List.of(graph.input())).get(0);
    extension.output(gradient, "gradient");
    return extension.graph("gradient");
  }

  /** The operator without a rule that the gradient meets; empty if there is none. */
  private static Optional<String> missing(Graph graph) {
    try {
      derived(graph);
      return Optional.empty();
    } catch (NoRule e) {
      return Optional.of(e.type());
    }
  }

  private static void check(Graph graph) {
    if (graph.runsImageByImage() || missing(graph).isPresent()) {
      return;
    }
    try (Scope scope = Scope.open()) {
      Graph symbolic = derived(graph);
      Tensor x = batch(4).leaf();
      Tensor y = graph.forward(x);
      Tensor value = y.mul(weights(y.shape())).sum();
      float[] expected =
          value.isRecorded() ? Gradients.of(value, x).toFloats() : new float[4 * 144];
      float largest = 0;
      for (float each : expected) {
        largest = Math.max(largest, Math.abs(each));
      }
      Tensor found = symbolic.forward(batch(4));
      assertThat(found.shape()).isEqualTo(x.shape());
      assertThat(found.toFloats()).containsExactly(expected, within(1e-5f * largest));
      for (int i = 0; i < 4; i++) {
        Tensor single = symbolic.forward(batch(4).narrow(0, i, 1));
        assertThat(single.toFloats())
            .containsExactly(found.narrow(0, i, 1).toFloats(), within(1e-5f * largest));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void agreesWithAutomaticDifferentiation(OperatorExamples example) {
    check(alone(example).read().graph());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void agreesBetweenOtherOperators(OperatorExamples example) {
    check(OperatorsInGraphsTest.between(example).read().graph());
  }

  /** Uses that are not written: with an averaging of operator set 18, and of whole numbers. */
  private static final List<String> UNWRITTEN =
      List.of("Resize with averaging", "OneHot of computed indices");

  @ParameterizedTest
  @MethodSource("examples")
  void computesTheSameInOnnxRuntime(OperatorExamples example) {
    Graph graph = OperatorsInGraphsTest.between(example).read().graph();
    if (UNWRITTEN.contains(example.toString())
        || graph.runsImageByImage()
        || missing(graph).isPresent()) {
      return;
    }
    try (Scope scope = Scope.open()) {
      Graph symbolic = derived(graph);
      byte[] file = OnnxWriter.write(symbolic, IMAGE);
      try (InferenceSession run = InferenceSession.of(file, Engine.threads())) {
        Tensor expected = symbolic.forward(batch(2));
        Tensor found =
            run.run(Map.of(symbolic.input(), batch(2))).getOrDefault("gradient", expected.neg());
        double largest = expected.abs().max().item();
        // The last bit of a sigmoid near 1 is 6e-8, and its gradient may be as small.
        assertThat(found.sub(expected).abs().max().item())
            .isLessThanOrEqualTo(Math.max(2e-7, 1e-4 * largest));
      }
    }
  }

  @Test
  void namesTheOperatorsWithoutARule() {
    Set<String> without = new TreeSet<>();
    examples()
        .map(example -> alone(example).read().graph())
        .filter(graph -> !graph.runsImageByImage())
        .forEach(graph -> missing(graph).ifPresent(without::add));
    assertThat(without).containsExactlyElementsOf(WITHOUT);
  }

  static Stream<Operator> windows() {
    List<Operator> all = new ArrayList<>();
    for (List<Long> pads :
        List.of(
            List.of(0L, 0L, 0L, 0L),
            List.of(1L, 0L, 0L, 1L),
            List.of(1L, 1L, 1L, 1L),
            List.of(0L, 1L, 1L, 0L))) {
      for (List<Long> strides : List.of(List.of(1L, 1L), List.of(2L, 2L), List.of(3L, 2L))) {
        for (List<Long> dilations : List.of(List.of(1L, 1L), List.of(2L, 1L))) {
          all.add(new Linear.Conv(strides, pads, dilations, 1));
          all.add(new Linear.Conv(strides, pads, dilations, 2));
          all.add(new Linear.Conv(strides, pads, dilations, 4));
          all.add(transposed(strides, pads, dilations));
          all.add(new Pooling.MaxPool(List.of(3L, 2L), strides, pads, dilations, false));
          all.add(new Pooling.MaxPool(List.of(3L, 2L), strides, pads, dilations, true));
        }
        for (boolean ceil : List.of(false, true)) {
          for (boolean padding : List.of(false, true)) {
            all.add(
                new Pooling.AveragePool(
                    List.of(3L, 2L), strides, pads, ceil, padding, AutoPad.NOTSET));
          }
        }
      }
    }
    all.add(new Linear.Conv(List.of(1L, 1L), List.of(4L, 3L, 5L, 2L), List.of(1L, 1L), 1));
    all.add(
        new Linear.Conv(
            List.of(2L, 3L), List.of(0L, 0L, 0L, 0L), List.of(1L, 1L), 1, AutoPad.SAME_LOWER));
    return all.stream();
  }

  private static Linear.ConvTranspose transposed(
      List<Long> strides, List<Long> pads, List<Long> dilations) {
    return new Linear.ConvTranspose(
        strides, pads, dilations, List.of(0L, 0L), List.of(), 2, AutoPad.NOTSET);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void passesWindowsOfEveryForm(Operator operator) {
    long channels = operator instanceof Linear.Conv conv ? 4 / conv.groups() : 2;
    Tensor weight = Tensor.of(new Rng(9).uniform((int) (24 * channels), -1, 1), 4, channels, 3, 2);
    boolean weighted = operator instanceof Linear;
    check(
        new Graph(
            "x",
            List.of(
                new Node("shifted", new Arithmetic.Sub(), List.of("x", "half")),
                new Node("y", operator, weighted ? List.of("shifted", "w") : List.of("shifted"))),
            Map.of("w", weight, "half", Tensor.scalar(0.5).asFloat()),
            "y"));
  }
}
