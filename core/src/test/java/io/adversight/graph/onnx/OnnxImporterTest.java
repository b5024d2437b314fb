package io.adversight.graph.onnx;

import static io.adversight.graph.ImportedGraphs.count;
import static io.adversight.graph.ImportedGraphs.layers;
import static io.adversight.graph.OnnxFile.integer;
import static io.adversight.graph.OnnxFile.integers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.graph.Graph;
import io.adversight.graph.ModelFormatException;
import io.adversight.graph.OnnxFile;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names, structure and what a file declares. */
class OnnxImporterTest {
  @Test
  void namesLayersAfterTheirNodesOrElseTheirOutputs() {
    Graph graph =
        new OnnxFile(13)
            .input(-1, 3)
            .node("first", "Relu", List.of("a"), List.of("x"))
            .node("", "Tanh", List.of("b"), List.of("a"))
            .node("twice", "Relu", List.of("c"), List.of("b"))
            .node("twice", "Relu", List.of("d"), List.of("c"))
            .node("", "Relu", List.of("first"), List.of("d"))
            .node("x", "Relu", List.of("y"), List.of("first"))
            .read()
            .graph();
    assertThat(layers(graph)).containsExactly("first", "b", "c", "d", "first_2", "y");
  }

  @Test
  void leavesOutDropoutIdentityAndWhatTheOutputDoesNotNeed() {
    Graph graph =
        new OnnxFile(13)
            .input(-1, 3)
            .node("Relu", "a", List.of("x"))
            .node("drop", "Dropout", List.of("b", "mask"), List.of("a"))
            .node("Tanh", "c", List.of("b"))
            .node("Madness", "unused", List.of("c"))
            .node("Identity", "y", List.of("c"))
            .read()
            .graph();
    assertThat(layers(graph)).containsExactly("a", "c");
    assertThat(graph.output()).isEqualTo("c");
    assertThat(graph.nodes().get(1).inputs()).containsExactly("a");
  }

  @Test
  void sortsNodesThatComeTooEarly() {
    Graph graph =
        new OnnxFile(13)
            .input(-1, 3)
            .node("Tanh", "y", List.of("a"))
            .node("Relu", "a", List.of("x"))
            .read()
            .graph();
    assertThat(layers(graph)).containsExactly("a", "y");
  }

  @Test
  void takesTheOutputThatIsAskedFor() {
    byte[] bytes =
        new OnnxFile(13)
            .input(-1, 3)
            .node("Relu", "a", List.of("x"))
            .node("Tanh", "b", List.of("x"))
            .output("a")
            .output("b")
            .bytes();
    assertThat(layers(OnnxImporter.read(bytes, "f").graph())).containsExactly("a");
    assertThat(layers(OnnxImporter.read(bytes, "f", new ImportOptions().output("b")).graph()))
        .containsExactly("b");
    assertThatThrownBy(() -> OnnxImporter.read(bytes, "f", new ImportOptions().output("c")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage("f: there is no output \"c\"; the outputs are a, b");
  }

  @Test
  void saysWhatTheFileDeclares() {
    ImportedModel model = new OnnxFile(11).input(-1, 5).node("Softmax", "y", List.of("x")).read();
    assertThat(model.inputShape()).containsExactly(-1L, 5L);
    assertThat(model.opset()).isEqualTo(11);
    assertThat(model.endsInSoftmax()).isTrue();
  }

  @Test
  void makesOneSliceOfEachOutputOfASplit() {
    try (Scope scope = Scope.open()) {
      for (OnnxFile file :
          List.of(
              new OnnxFile(11)
                  .input(-1, 5)
                  .node(
                      "s",
                      "Split",
                      List.of("a", "b"),
                      List.of("x"),
                      integer("axis", 1),
                      integers("split", 2, 3)),
              new OnnxFile(13)
                  .input(-1, 5)
                  .longs("parts", 2, 3)
                  .node("s", "Split", List.of("a", "b"), List.of("x", "parts"), integer("axis", 1)),
              new OnnxFile(18)
                  .input(-1, 5)
                  .node(
                      "s",
                      "Split",
                      List.of("b", "a"),
                      List.of("x"),
                      integer("axis", -1),
                      integer("num_outputs", 2)))) {
        Graph graph =
            file.node("Concat", "y", List.of("b", "a"), integer("axis", 1)).read().graph();
        assertThat(layers(graph)).contains("a", "b", "y");
        Tensor x = Tensor.of(count(5), 1, 5);
        assertThat(graph.forward(x).toFloats()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
      }
      Graph uneven =
          new OnnxFile(18)
              .input(-1, 5)
              .node(
                  "s",
                  "Split",
                  List.of("a", "y"),
                  List.of("x"),
                  integer("axis", 1),
                  integer("num_outputs", 2))
              .read()
              .graph();
      assertThat(uneven.forward(Tensor.of(count(5), 1, 5)).toFloats()).containsExactly(3, 4);
    }
  }
}
