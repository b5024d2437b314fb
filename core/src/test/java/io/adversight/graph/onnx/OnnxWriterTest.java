package io.adversight.graph.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.AutoPad;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Pooling;
import io.adversight.graph.operator.Reduction;
import io.adversight.graph.operator.Resampling;
import io.adversight.graph.operator.Selection;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Networks that are written and read again are the same. */
class OnnxWriterTest {
  private static final Shape IMAGE = Shape.of(1, 3, 9, 8);

  private static Tensor drawn(int seed, long... sizes) {
    int count = (int) Shape.of(sizes).elements();
    return Tensor.of(new Rng(seed).uniform(count, -0.5, 0.5), sizes);
  }

  /** Every operator that can be written, with attributes that are no defaults. */
  private static Graph everything() {
    Map<String, Tensor> constants = new LinkedHashMap<>();
    constants.put("w1", drawn(1, 4, 3, 3, 2));
    constants.put("b1", drawn(2, 4));
    constants.put("scale", drawn(3, 4));
    constants.put("shift", drawn(4, 4));
    constants.put("mean", drawn(5, 4));
    constants.put("variance", drawn(6, 4).abs().add(0.5));
    constants.put("w2", drawn(7, 4, 1, 3, 3));
    constants.put("w4", drawn(10, 4, 2, 3, 2));
    constants.put("w3", drawn(8, 8, 5));
    constants.put("b3", drawn(9, 5));
    List<Long> ones = List.of(1L, 1L);
    List<Node> nodes =
        List.of(
            node(
                "conv/one",
                new Linear.Conv(List.of(2L, 1L), List.of(1L, 0L, 0L, 2L), List.of(1L, 2L), 1),
                "x",
                "w1",
                "b1"),
            node(
                "norm",
                new Normalization.BatchNormalization(0x1p-10),
                "conv/one",
                "scale",
                "shift",
                "mean",
                "variance"),
            node("relu", new Activation.Relu(), "norm"),
            node("six", new Activation.Clip(0, 0.25), "norm"),
            node("low", new Activation.Clip(-0.125, Double.POSITIVE_INFINITY), "norm"),
            node("sum", new Arithmetic.Add(), "relu", "low"),
            node("depth", new Linear.Conv(ones, List.of(1L, 1L, 1L, 1L), ones, 4), "sum", "w2"),
            node("lrn", new Normalization.LRN(3, 0.25, 0.625, 1.5), "depth"),
            node(
                "pool",
                new Pooling.MaxPool(
                    List.of(2L, 2L),
                    List.of(2L, 2L),
                    List.of(0L, 0L, 0L, 0L),
                    ones,
                    true,
                    AutoPad.NOTSET),
                "lrn"),
            node(
                "average",
                new Pooling.AveragePool(
                    ones, ones, List.of(0L, 0L, 0L, 0L), false, true, AutoPad.SAME_UPPER),
                "pool"),
            node(
                "larger",
                new Linear.ConvTranspose(
                    List.of(2L, 1L),
                    List.of(1L, 0L, 0L, 1L),
                    List.of(1L, 2L),
                    List.of(1L, 0L),
                    List.of(),
                    2,
                    AutoPad.NOTSET),
                "average",
                "w4",
                "b1"),
            node(
                "cut",
                new Layout.Slice(
                    List.of(-1L, 0L), List.of(-6L, 3L), List.of(2, 3), List.of(-2L, 1L)),
                "larger"),
            node("mixed", new Layout.Gather(1, List.of(3L, -4L, 1L, 2L), List.of(4L)), "cut"),
            node("leaky", new Activation.LeakyRelu(0.125), "mixed"),
            node("turned", new Layout.Transpose(List.of(0L, 1L, 3L, 2L)), "leaky"),
            node("gap", new Reduction.ReduceMean(List.of(2, 3), true), "turned"),
            node(
                "padded",
                new Layout.Pad(
                    Layout.Pad.Mode.CONSTANT, List.of(0L, 0L, 1L, 0L, 0L, 0L, 0L, 2L), 0.5),
                "six"),
            node(
                "enlarged",
                new Resampling.Resize(
                    List.of(2.0, 1.5),
                    List.of(),
                    Resampling.Mode.LINEAR,
                    Resampling.Coordinates.HALF_PIXEL,
                    Resampling.Rounding.ROUND_PREFER_FLOOR),
                "padded"),
            node("lengths", new Reduction.ReduceSum(List.of(3), true), "enlarged"),
            node("least", new Reduction.ReduceMin(List.of(2), true), "lengths"),
            node("sums", new Arithmetic.Add(), "enlarged", "least"),
            node("gap6", new Pooling.GlobalAveragePool(), "sums"),
            node("both", new Layout.Concat(1), "gap", "gap6"),
            node("again", new Layout.Reshape(List.of(0L, -1L, 1L), false), "both"),
            node("wide", new Layout.Unsqueeze(List.of(1, 4)), "again"),
            node("narrow", new Layout.Squeeze(List.of(1, 4)), "wide"),
            node("flat", new Layout.Flatten(1), "narrow"),
            node("dense", new Linear.Gemm(0.5, 2, false, false), "flat", "w3", "b3"),
            node("probabilities", new Activation.Softmax(1), "dense"));
    return new Graph("x", nodes, constants, "probabilities");
  }

  private static Node node(String name, Operator operator, String... inputs) {
    return new Node(name, operator, List.of(inputs));
  }

  private static Graph read(byte[] bytes) {
    return OnnxImporter.read(bytes, "written", new ImportOptions().folding(false)).graph();
  }

  @Test
  void whatIsReadAgainIsTheSameNetwork() {
    Graph graph = everything();
    byte[] bytes = OnnxWriter.write(graph, IMAGE);
    ImportedModel model = OnnxImporter.read(bytes, "written", new ImportOptions().folding(false));
    Graph again = model.graph();
    assertThat(model.opset()).isEqualTo(17);
    assertThat(model.inputShape()).containsExactly(-1L, 3L, 9L, 8L);
    assertThat(again.nodes()).isEqualTo(graph.nodes());
    assertThat(again.input()).isEqualTo("x");
    assertThat(again.output()).isEqualTo("probabilities");
    try (Scope scope = Scope.open()) {
      Tensor batch = drawn(20, 5, 3, 9, 8);
      assertThat(again.forward(batch).toFloats()).containsExactly(graph.forward(batch).toFloats());
    }
    assertThat(OnnxWriter.write(again, IMAGE)).isEqualTo(bytes);
  }

  @Test
  void halfPrecisionIsHalfAsLongAndNear() {
    Map<String, Tensor> constants = Map.of("w", drawn(1, 64, 3, 9, 8), "b", drawn(2, 64));
    List<Long> ones = List.of(1L, 1L);
    List<Long> none = List.of(0L, 0L, 0L, 0L);
    Graph graph =
        new Graph(
            "x",
            List.of(node("y", new Linear.Conv(ones, none, ones, 1), "x", "w", "b")),
            constants,
            "y");
    byte[] half = OnnxWriter.writeHalf(graph, IMAGE);
    assertThat((double) half.length / OnnxWriter.write(graph, IMAGE).length)
        .isCloseTo(0.5, within(0.02));
    Graph again = read(half);
    assertThat(again.nodes()).isEqualTo(graph.nodes());
    try (Scope scope = Scope.open()) {
      Tensor x = drawn(3, 1, 3, 9, 8);
      float[] near = again.forward(x).toFloats();
      float[] exact = graph.forward(x).toFloats();
      for (int i = 0; i < exact.length; i++) {
        // 216 products of errors up to 2^-12 relative to weights below 0.5
        assertThat(near[i]).isCloseTo(exact[i], within(3e-3f));
      }
      assertThat(near).isNotEqualTo(exact);
    }
  }

  @Test
  void anOperatorThatCannotBeWrittenIsNamed() {
    Graph graph =
        new Graph(
            "x", List.of(node("y", new Selection.TopK(1, 2, true, false), "x")), Map.of(), "y");
    assertThatThrownBy(() -> OnnxWriter.write(graph, IMAGE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("node \"y\": TopK[axis=1, k=2, largest=true, indices=false] cannot be written");
  }
}
