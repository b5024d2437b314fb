package io.adversight.graph;

import static io.adversight.graph.ImportedGraphs.count;
import static io.adversight.graph.ImportedGraphs.layers;
import static io.adversight.graph.ImportedGraphs.run;
import static io.adversight.graph.ImportedGraphs.with;
import static io.adversight.graph.OnnxFile.integer;
import static io.adversight.graph.OnnxFile.text;
import static io.adversight.graph.OnnxFile.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.adversight.graph.onnx.ImportOptions;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Constants and shapes that the importer works out before anything is computed. */
class OnnxFoldingTest {
  @Test
  void keepsTheBatchOpenInAFlattenByShapes() {
    Graph graph =
        new OnnxFile(13)
            .input(-1, 2, 3, 4)
            .node("Shape", "shape", List.of("x"))
            .node("Constant", "zero", List.of(), integer("value_int", 0))
            .node("Gather", "n", List.of("shape", "zero"))
            .longs("axes", 0)
            .node("Unsqueeze", "n1", List.of("n", "axes"))
            .longs("rest", -1)
            .node("Concat", "target", List.of("n1", "rest"), integer("axis", 0))
            .node("Reshape", "y", List.of("x", "target"))
            .read()
            .graph();
    try (Scope scope = Scope.open()) {
      assertThat(layers(graph)).containsExactly("y");
      assertThat(run(graph, 2, 3, 4).shape()).isEqualTo(Shape.of(4, 24));
    }
  }

  static Stream<Arguments> reshapes() {
    return Stream.of(
        arguments(-1L, new long[] {1, -1}, new long[] {24}),
        arguments(1L, new long[] {1, 24}, new long[] {24}),
        arguments(1L, new long[] {1, 6, 4}, new long[] {6, 4}),
        arguments(-1L, new long[] {0, -1}, new long[] {24}),
        arguments(-1L, new long[] {-1, 24}, new long[] {24}),
        arguments(2L, new long[] {2, 4, 6}, new long[] {4, 6}),
        arguments(-1L, new long[] {0, 0, -1}, new long[] {2, 12}));
  }

  @ParameterizedTest
  @MethodSource("reshapes")
  void keepsTheBatchOpenInAReshapeByNumbers(long batch, long[] target, long[] expected) {
    Graph graph =
        new OnnxFile(13)
            .input(batch, 2, 3, 4)
            .longs("target", target)
            .node("Reshape", "y", List.of("x", "target"))
            .read()
            .graph();
    try (Scope scope = Scope.open()) {
      assertThat(run(graph, 2, 3, 4).shape()).isEqualTo(Shape.of(with(4, expected)));
    }
  }

  @Test
  void mergesTheBatchIntoGroupsWhereShapesSaySo() {
    // (n, 4, 3, 2) to (2 n, 6, 2) and back, as shuffles of channels do.
    Graph graph =
        new OnnxFile(13)
            .input(-1, 4, 3, 2)
            .node("Shape", "shape", List.of("x"))
            .longs("first", 0)
            .longs("two", 2)
            .longs("tail", 6, 2)
            .node("Gather", "n", List.of("shape", "first"))
            .node("Mul", "n2", List.of("n", "two"))
            .node("Concat", "to", List.of("n2", "tail"), integer("axis", 0))
            .node("Reshape", "a", List.of("x", "to"))
            .node("Tanh", "b", List.of("a"))
            .node("Reshape", "y", List.of("b", "shape"))
            .read()
            .graph();
    try (Scope scope = Scope.open()) {
      assertThat(run(graph, 4, 3, 2).shape()).isEqualTo(Shape.of(4, 4, 3, 2));
    }
  }

  @Test
  void repeatsAConstantForEachImage() {
    // A class token: a constant expanded to (n, 1, 3) and put before the rest.
    Graph graph =
        new OnnxFile(13)
            .input(-1, 2, 3)
            .floats("token", new float[] {7, 8, 9}, 1, 1, 3)
            .node("Shape", "shape", List.of("x"))
            .longs("first", 0)
            .longs("one", 1)
            .node("Gather", "n", List.of("shape", "first"))
            .node("Concat", "to", List.of("n", "one", "one"), integer("axis", 0))
            .node("Expand", "tokens", List.of("token", "to"))
            .node("Concat", "y", List.of("tokens", "x"), integer("axis", 1))
            .read()
            .graph();
    try (Scope scope = Scope.open()) {
      Tensor result = run(graph, 2, 3);
      assertThat(result.shape()).isEqualTo(Shape.of(4, 3, 3));
      assertThat(result.narrow(0, 3, 1).narrow(1, 0, 1).toFloats()).containsExactly(7, 8, 9);
    }
  }

  @Test
  void foldsWhatIsKnown() {
    Graph graph =
        new OnnxFile(13)
            .input(-1, 4)
            .node("Constant", "a", List.of(), value(OnnxFile.tensor(new float[] {1, 2}, 2)))
            .longs("two", 2)
            .node(
                "ConstantOfShape", "b", List.of("two"), value(OnnxFile.tensor(new float[] {3}, 1)))
            .node("Add", "ab", List.of("a", "b"))
            .tensor(OnnxFile.raw(DataType.FLOAT, new byte[4]).toBuilder().setName("s").build())
            .scalar("e", 2)
            .scalar("d", 1)
            .node("Range", "r", List.of("s", "e", "d"))
            .node("Cast", "rc", List.of("r"), integer("to", 1))
            .node("Concat", "c", List.of("ab", "rc"), integer("axis", 0))
            .node("Mul", "y", List.of("x", "c"))
            .read()
            .graph();
    try (Scope scope = Scope.open()) {
      assertThat(layers(graph)).containsExactly("y");
      assertThat(graph.constants()).containsOnlyKeys("c");
      assertThat(graph.forward(Tensor.ones(1, 4)).toFloats()).containsExactly(4, 5, 0, 1);
    }
  }

  @Test
  void resizesToSizesThatFollowFromShapes() {
    Graph graph =
        new OnnxFile(13)
            .input(-1, 2, 3, 4)
            .node("Shape", "shape", List.of("x"))
            .longs("s", 0)
            .longs("e", 2)
            .node("Slice", "nc", List.of("shape", "s", "e"))
            .longs("hw", 6, 8)
            .node("Concat", "sizes", List.of("nc", "hw"), integer("axis", 0))
            .node("Resize", "y", List.of("x", "", "", "sizes"), text("mode", "linear"))
            .read()
            .graph();
    try (Scope scope = Scope.open()) {
      assertThat(run(graph, 2, 3, 4).shape()).isEqualTo(Shape.of(4, 2, 6, 8));
    }
  }

  @Test
  void squeezesNeverTheBatch() {
    Graph graph =
        new OnnxFile(11).input(1, 5, 1, 1).node("Squeeze", "y", List.of("x")).read().graph();
    try (Scope scope = Scope.open()) {
      assertThat(run(graph, 5, 1, 1).shape()).isEqualTo(Shape.of(4, 5));
    }
  }

  @Test
  void worksOutImagesOfTheSizeThatIsAskedFor() {
    byte[] bytes =
        new OnnxFile(13)
            .input(-1, 1, -1, -1)
            .floats("w", count(32), 2, 16)
            .node("Flatten", "f", List.of("x"))
            .node("Gemm", "y", List.of("f", "w"), integer("transB", 1))
            .bytes();
    ImportOptions options = new ImportOptions().image(Shape.of(1, 1, 4, 4));
    assertThat(OnnxImporter.read(bytes, "f", options).inputShape())
        .containsExactly(-1L, 1L, -1L, -1L);
    assertThatThrownBy(() -> OnnxImporter.read(bytes, "f"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("(2, 50176) and (2, 16) cannot be multiplied");
  }
}
