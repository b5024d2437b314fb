package io.adversight.graph;

import static io.adversight.graph.ImportedGraphs.count;
import static io.adversight.graph.ImportedGraphs.layers;
import static io.adversight.graph.ImportedGraphs.run;
import static io.adversight.graph.OnnxFile.integer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.adversight.graph.onnx.ImportOptions;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Batch normalisation, folded into the layer before it. */
class OnnxNormalizationTest {
  static Stream<Arguments> layersBeforeANormalization() {
    return Stream.of(
        arguments(
            "Conv",
            (UnaryOperator<OnnxFile>)
                file ->
                    file.input(-1, 4, 5, 5)
                        .floats("w", new Rng(1).uniform(4 * 2 * 9, -1, 1), 4, 2, 3, 3)
                        .node(
                            "before", "Conv", List.of("a"), List.of("x", "w"), integer("group", 2)),
            new long[] {4, 5, 5}),
        arguments(
            "Conv with a bias",
            (UnaryOperator<OnnxFile>)
                file ->
                    file.input(-1, 2, 5, 5)
                        .floats("w", new Rng(1).uniform(4 * 2 * 9, -1, 1), 4, 2, 3, 3)
                        .floats("b", count(4), 4)
                        .node("before", "Conv", List.of("a"), List.of("x", "w", "b")),
            new long[] {2, 5, 5}),
        arguments(
            "ConvTranspose with groups",
            (UnaryOperator<OnnxFile>)
                file ->
                    file.input(-1, 4, 3, 3)
                        .floats("w", new Rng(1).uniform(4 * 2 * 9, -1, 1), 4, 2, 3, 3)
                        .floats("b", count(4), 4)
                        .node(
                            "before",
                            "ConvTranspose",
                            List.of("a"),
                            List.of("x", "w", "b"),
                            integer("group", 2)),
            new long[] {4, 3, 3}),
        arguments(
            "Gemm",
            (UnaryOperator<OnnxFile>)
                file ->
                    file.input(-1, 3)
                        .floats("w", new Rng(1).uniform(12, -1, 1), 3, 4)
                        .floats("b", count(4), 1, 4)
                        .node(
                            "before",
                            "Gemm",
                            List.of("a"),
                            List.of("x", "w", "b"),
                            OnnxFile.number("alpha", 0.5f),
                            OnnxFile.number("beta", 2)),
            new long[] {3}),
        arguments(
            "Gemm with transB",
            (UnaryOperator<OnnxFile>)
                file ->
                    file.input(-1, 3)
                        .floats("w", new Rng(1).uniform(12, -1, 1), 4, 3)
                        .node(
                            "before",
                            "Gemm",
                            List.of("a"),
                            List.of("x", "w"),
                            integer("transB", 1)),
            new long[] {3}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layersBeforeANormalization")
  void foldsANormalizationIntoTheLayerBefore(
      String name, UnaryOperator<OnnxFile> before, long[] image) {
    byte[] bytes =
        before
            .apply(new OnnxFile(13))
            .floats("scale", new float[] {1, 2, -3, 4}, 4)
            .floats("shift", new float[] {4, 3, 2, 1}, 4)
            .floats("mean", new float[] {0, 1, -1, 2}, 4)
            .floats("variance", new float[] {1, 4, 9, 0.5f}, 4)
            .node(
                "norm",
                "BatchNormalization",
                List.of("y"),
                List.of("a", "scale", "shift", "mean", "variance"))
            .bytes();
    Graph folded = OnnxImporter.read(bytes, "f").graph();
    Graph plain = OnnxImporter.read(bytes, "f", new ImportOptions().folding(false)).graph();
    assertThat(layers(plain)).containsExactly("before", "norm");
    assertThat(layers(folded)).containsExactly("norm");
    assertThat(folded.constants()).hasSize(2);
    try (Scope scope = Scope.open()) {
      assertThat(run(folded, image).toFloats())
          .containsExactly(run(plain, image).toFloats(), within(1e-4f));
    }
  }

  @Test
  void keepsANormalizationWhereTheLayerBeforeIsUsedElsewhere() {
    Graph graph =
        new OnnxFile(13)
            .input(-1, 3)
            .floats("w", count(9), 3, 3)
            .floats("one", new float[] {1, 1, 1}, 3)
            .node("Gemm", "a", List.of("x", "w"))
            .node("BatchNormalization", "b", List.of("a", "one", "one", "one", "one"))
            .node("Add", "y", List.of("a", "b"))
            .read()
            .graph();
    assertThat(layers(graph)).containsExactly("a", "b", "y");
  }
}
