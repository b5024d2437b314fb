package io.adversight.graph.onnx;

import static io.adversight.graph.ImportedGraphs.assertRefused;
import static io.adversight.graph.OnnxFile.integer;
import static io.adversight.graph.OnnxFile.integers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.adversight.graph.Graph;
import io.adversight.graph.OnnxFile;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Packed queries, keys and values mean what they mean apart. ONNX Runtime has these forms on
 * graphics cards only, so that the reference is the form apart, which {@link OperatorReferenceTest}
 * compares with it.
 */
class MicrosoftAttentionTest {
  private static final String TYPE = "com.microsoft.MultiHeadAttention";
  private static final AttributeProto HEADS = integer("num_heads", 2);
  private static final float[] TOKENS = new Rng(5).uniform(30, -2, 2);

  /** 5 tokens of 6 numbers, and their queries, keys and values: 2 heads of 3 numbers each. */
  private static OnnxFile file() {
    OnnxFile file = new OnnxFile(17).input(-1, 5, 6);
    String[] names = {"q", "k", "v"};
    for (int i = 0; i < names.length; i++) {
      file.floats("w" + names[i], new Rng(7 + i).uniform(36, -1, 1), 6, 6)
          .node("MatMul", names[i], List.of("x", "w" + names[i]));
    }
    return file.floats("bias", new Rng(3).uniform(18, -1, 1), 18)
        .longs("heads", 0, 0, 2, 1, 3)
        .longs("cut", 0, 0, 2, 3);
  }

  /** Some of them side by side for each head: (N, tokens, heads, count, size). */
  private static OnnxFile packed(OnnxFile file, String name, String... parts) {
    for (String part : parts) {
      file.node("Reshape", part + "5", List.of(part, "heads"));
    }
    List<String> cut = List.of(parts).stream().map(part -> part + "5").toList();
    return file.node("Concat", name, cut, integer("axis", 3));
  }

  private static double[] run(OnnxFile file) {
    try (Scope scope = Scope.open()) {
      return file.read().graph().forward(Tensor.of(TOKENS, 1, 5, 6)).toDoubles();
    }
  }

  private static OnnxFile apart(List<String> inputs) {
    return file().node(TYPE, "y", inputs, HEADS);
  }

  @Test
  void queriesKeysAndValuesMayBeOneValue() {
    assertThat(run(packed(file(), "all", "q", "k", "v").node(TYPE, "y", List.of("all"), HEADS)))
        .containsExactly(run(apart(List.of("q", "k", "v"))), within(1e-6));
    assertThat(
            run(
                packed(file(), "all", "q", "k", "v")
                    .node(TYPE, "y", List.of("all", "", "", "bias"), HEADS)))
        .containsExactly(run(apart(List.of("q", "k", "v", "bias"))), within(1e-6));
  }

  @Test
  void keysAndValuesMayBeOneValue() {
    assertThat(run(packed(file(), "both", "k", "v").node(TYPE, "y", List.of("q", "both"), HEADS)))
        .containsExactly(run(apart(List.of("q", "k", "v"))), within(1e-6));
  }

  @Test
  void keysAndValuesMayHaveTheirHeadsFirst() {
    OnnxFile file = file();
    for (String name : List.of("k", "v")) {
      file.node("Reshape", name + "4", List.of(name, "cut"))
          .node("Transpose", name + "first", List.of(name + "4"), integers("perm", 0, 2, 1, 3));
    }
    assertThat(run(file.node(TYPE, "y", List.of("q", "kfirst", "vfirst"), HEADS)))
        .containsExactly(run(apart(List.of("q", "k", "v"))), within(1e-6));
  }

  /** Relative positions, as in Swin and BEiT; a mask may leave a query nothing to see. */
  @Test
  void attentionWithABiasIsFoundInTheGraph() {
    OnnxFile file = file().floats("positions", new Rng(4).uniform(50, -1, 1), 1, 2, 5, 5);
    List<String> inputs = List.of("q", "k", "v", "", "", "positions");
    Graph graph = file.node("block", TYPE, List.of("y"), inputs, HEADS).read().graph();
    assertThat(graph.attention(Shape.of(1, 5, 6)))
        .singleElement()
        .satisfies(block -> assertThat(block.heads()).isEqualTo(2))
        .satisfies(block -> assertThat(block.input()).isEqualTo("x"));
  }

  @Test
  void namesWhatIsMissingOrNotSupported() {
    assertRefused(
        apart(List.of("q")), "node \"y\" (" + TYPE + "): queries (2, 5, 6) come without keys");
    assertRefused(apart(List.of("q", "k")), "keys (2, 5, 6) come without values");
    assertRefused(
        apart(List.of("q", "k", "v", "", "", "", "k")),
        "past keys are not supported; export the network without a cache");
    assertRefused(
        file()
            .node(
                "com.microsoft.Attention",
                "y",
                List.of("x", "wq"),
                integer("num_heads", 1),
                integer("do_rotary", 1)),
        "do_rotary=1 is not supported; export rotary embeddings as nodes");
    assertRefused(
        apart(List.of("q", "k", "v", "", "heads")),
        "a mask (5) is not supported, only one of the keys of each image");
  }
}
