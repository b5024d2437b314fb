package io.adversight.graph.onnx;

import static io.adversight.graph.ImportedGraphs.assertRefused;
import static io.adversight.graph.OnnxFile.integer;
import static io.adversight.graph.OnnxFile.integers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.adversight.graph.BackwardRules;
import io.adversight.graph.Graph;
import io.adversight.graph.ImportedGraphs;
import io.adversight.graph.Node;
import io.adversight.graph.OnnxFile;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Networks exported for a batch of one: what they give each image of a batch is what their formula
 * gives the image alone.
 */
class OnnxBatchesTest {
  private static final int CHANNELS = 3;
  private static final int SIDE = 4;

  private static OnnxFile file(long batch) {
    return new OnnxFile(13).input(batch, CHANNELS, SIDE, SIDE);
  }

  /** The image's numbers as (3, 16). */
  private static Tensor matrix(Tensor image) {
    return image.reshape(CHANNELS, SIDE * SIDE);
  }

  private static OnnxFile matrix(OnnxFile file) {
    return file.longs("to", CHANNELS, SIDE * SIDE).node("Reshape", "m", List.of("x", "to"));
  }

  private static Arguments mixing(
      String what, UnaryOperator<OnnxFile> nodes, UnaryOperator<Tensor> formula) {
    return arguments(what, nodes, formula);
  }

  /** Networks that would mix images, or could not be read for several. */
  static Stream<Arguments> mixing() {
    float[] perToken = new Rng(4).uniform(CHANNELS * 5, -1, 1);
    return Stream.of(
        mixing(
            "attention between the rows of a matrix",
            file ->
                matrix(file)
                    .node("Transpose", "t", List.of("m"), integers("perm", 1, 0))
                    .node("MatMul", "scores", List.of("m", "t"))
                    .node("Softmax", "weights", List.of("scores"), integer("axis", 1))
                    .node("MatMul", "out", List.of("weights", "m"))
                    .node("ReduceMean", "y", List.of("out"), integers("axes", 1)),
            x -> {
              Tensor m = matrix(x);
              return m.matmul(m.transpose(0, 1)).softmax(1).matmul(m).mean(1).reshape(1, 3, 1);
            }),
        mixing(
            "softmax over a vector",
            file ->
                file.node("GlobalAveragePool", "p", List.of("x"))
                    .node("Squeeze", "v", List.of("p"))
                    .node("Softmax", "y", List.of("v"), integer("axis", 0)),
            x -> x.mean(2, 3).reshape(1, CHANNELS).softmax(1)),
        mixing(
            "the mean of everything",
            file ->
                file.node("ReduceMean", "mean", List.of("x"), integer("keepdims", 0))
                    .node("Sub", "y", List.of("x", "mean")),
            x -> x.sub(x.mean(0, 1, 2, 3))),
        mixing(
            "image 0 of the batch",
            file ->
                file.longs("zero", 0)
                    .node("Gather", "first", List.of("x", "zero"), integer("axis", 0))
                    .node("Add", "y", List.of("x", "first")),
            x -> x.mul(2)),
        mixing(
            "the batch joined with the rows",
            file ->
                file.node("Transpose", "t", List.of("x"), integers("perm", 2, 0, 3, 1))
                    .longs("to", SIDE, SIDE * CHANNELS)
                    .node("Reshape", "m", List.of("t", "to"))
                    .node("Softmax", "s", List.of("m"), integer("axis", 0))
                    .node("ReduceMax", "y", List.of("s"), integers("axes", 0)),
            x -> x.permute(2, 0, 3, 1).reshape(SIDE, SIDE * CHANNELS).softmax(0).max(0)),
        mixing(
            "the batch last",
            file -> file.node("Transpose", "y", List.of("x")),
            x -> x.permute(3, 2, 1, 0)),
        mixing(
            "positions added to tokens without a batch",
            file ->
                matrix(file)
                    .node("Transpose", "t", List.of("m"), integers("perm", 1, 0))
                    .floats("position", new Rng(7).uniform(48, -1, 1), 16, 3)
                    .node("Add", "tokens", List.of("t", "position"))
                    .floats("w", perToken, CHANNELS, 5)
                    .node("MatMul", "values", List.of("tokens", "w"))
                    .node("Relu", "active", List.of("values"))
                    .node("ReduceMean", "y", List.of("active"), integers("axes", 0)),
            x ->
                matrix(x)
                    .transpose(0, 1)
                    .add(Tensor.of(new Rng(7).uniform(48, -1, 1), 16, 3))
                    .matmul(Tensor.of(perToken, CHANNELS, 5))
                    .relu()
                    .mean(0)));
  }

  private static Tensor images(int count) {
    return Tensor.of(
        new Rng(9).uniform(count * CHANNELS * SIDE * SIDE, -1, 1), count, CHANNELS, SIDE, SIDE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mixing")
  void runsWhatMixesImagesImageByImage(
      String what, UnaryOperator<OnnxFile> nodes, UnaryOperator<Tensor> formula) {
    try (Scope scope = Scope.open()) {
      Graph graph = nodes.apply(file(1)).read().graph();
      assertThat(graph.runsImageByImage()).isTrue();
      Tensor images = images(3);
      Tensor together = graph.forward(images);
      assertThat(together.size(0)).isEqualTo(3);
      assertThat(graph.shapes(images.shape())).containsEntry(graph.output(), together.shape());
      for (int i = 0; i < 3; i++) {
        Tensor image = images.narrow(0, i, 1);
        float[] expected = formula.apply(image).toFloats();
        assertThat(together.narrow(0, i, 1).toFloats()).containsExactly(expected, within(1e-6f));
        assertThat(graph.forward(image).toFloats()).containsExactly(expected, within(1e-6f));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mixing")
  void givesTheGradientOfEachImageAndLayer(
      String what, UnaryOperator<OnnxFile> nodes, UnaryOperator<Tensor> formula) {
    try (Scope scope = Scope.open()) {
      Graph graph = nodes.apply(file(1)).read().graph();
      Tensor x = images(3).leaf();
      Map<String, Tensor> layers = graph.forwardAll(x, BackwardRules.STANDARD);
      Tensor output = layers.getOrDefault(graph.output(), x);
      List<Tensor> found = Gradients.of(output.square(), List.of(x), Gradients.Recording.KEEP);
      for (int i = 0; i < 3; i++) {
        Tensor image = images(3).narrow(0, i, 1).leaf();
        Tensor expected = Gradients.of(formula.apply(image).square(), image);
        assertThat(found.get(0).narrow(0, i, 1).toFloats())
            .containsExactly(expected.toFloats(), within(1e-5f));
      }
      for (Node node : graph.nodes()) {
        Tensor layer = layers.getOrDefault(node.name(), x);
        Tensor gradient =
            Gradients.of(output.square(), List.of(layer), Gradients.Recording.KEEP).get(0);
        assertThat(gradient.abs().sumPerImage().max().item()).as(node.name()).isGreaterThan(0);
      }
      assertThat(graph.forward(x, BackwardRules.STANDARD, Set.of(graph.output())))
          .containsOnlyKeys(graph.output());
    }
  }

  @Test
  void keepsNetworksThatDoNotMixAsTheyAre() {
    try (Scope scope = Scope.open()) {
      Graph graph =
          file(1)
              .floats("w", new Rng(1).uniform(2 * 27, -1, 1), 2, 3, 3, 3)
              .node("Conv", "c", List.of("x", "w"))
              .node("Relu", "r", List.of("c"))
              .longs("rows", 1, -1)
              .node("Reshape", "f", List.of("r", "rows"))
              .node("Softmax", "y", List.of("f"), integer("axis", 1))
              .read()
              .graph();
      assertThat(graph.runsImageByImage()).isFalse();
      ImportedGraphs.run(graph, CHANNELS, SIDE, SIDE);
    }
  }

  @Test
  void knowsASoftmaxThatIsComputedImageByImage() {
    Graph graph =
        file(1)
            .node("GlobalAveragePool", "p", List.of("x"))
            .node("Squeeze", "v", List.of("p"))
            .node("Softmax", "y", List.of("v"), integer("axis", 0))
            .read()
            .graph();
    assertThat(graph.endsInSoftmax()).isTrue();
    try (Scope scope = Scope.open()) {
      Tensor images = images(2);
      assertThat(graph.withoutSoftmax().forward(images).toFloats())
          .containsExactly(images.mean(2, 3).toFloats(), within(1e-6f));
    }
  }

  @Test
  void refusesANetworkForBatchesOfFourAndNamesThatBatch() {
    assertRefused(
        file(4)
            .longs("to", 4 * CHANNELS, SIDE * SIDE)
            .node("Reshape", "m", List.of("x", "to"))
            .node("Softmax", "y", List.of("m"), integer("axis", 0)),
        "was exported for batches of exactly 4 images");
    assertRefused(
        file(4)
            .floats("tokens", ImportedGraphs.count(4 * 48), 4, CHANNELS, SIDE, SIDE)
            .node("Add", "y", List.of("x", "tokens")),
        "was exported for batches of exactly 4 images",
        "do not fit together");
  }
}
