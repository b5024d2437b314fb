package io.adversight.attribution;

import io.adversight.data.Labels;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.InputResize;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.OutputKind;
import io.adversight.model.Preprocessing;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A vision transformer for grey images of 8 x 8: patches of 2 x 2 on a grid of 4 x 4, a class token
 * and perhaps registers in front, two heads, two blocks, four classes; the weights are random.
 */
public final class TinyTransformer {
  public static final int SIDE = 4;
  public static final int PLACES = SIDE * SIDE;
  public static final int WIDTH = 6;
  public static final int HEADS = 2;
  public static final int BLOCKS = 2;
  public static final int HIDDEN = 8;
  public static final int CLASSES = 4;
  public static final double EPSILON = 1e-5;

  private final int extra;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> constants = new HashMap<>();
  private long seed = 1;

  private TinyTransformer(int extra) {
    this.extra = extra;
  }

  /** With a class token alone. */
  public static GraphClassifier classifier() {
    return classifier(1);
  }

  /** With so many tokens in front, of which the first decides. */
  public static GraphClassifier classifier(int extra) {
    ModelCard card =
        ModelCard.of(
            "tiny-transformer",
            "tiny-transformer.onnx",
            new Input(1, 2 * SIDE, 2 * SIDE),
            Preprocessing.none(ChannelOrder.GRAY),
            InputResize.stretch(),
            OutputKind.LOGITS,
            CLASSES,
            new LabelSource.Numbers());
    return new GraphClassifier(card, Labels.numbers(CLASSES), new TinyTransformer(extra).graph());
  }

  private Graph graph() {
    Linear.Conv patches =
        new Linear.Conv(List.of(2L, 2L), List.of(0L, 0L, 0L, 0L), List.of(1L, 1L), 1);
    String weight = drawn("patches.w", 0.7, WIDTH, 1, 2, 2);
    add("patches", patches, "x", weight, drawn("patches.b", 0.2, WIDTH));
    add("flat", new Layout.Reshape(List.of(0L, (long) WIDTH, -1L), false), "patches");
    add("tokens", new Layout.Transpose(List.of(0L, 2L, 1L)), "flat");
    drawn("first", 0.5, 1, extra, WIDTH);
    add("firsts", new Layout.Expand(List.of(-1L, (long) extra, (long) WIDTH)), "first", "x");
    add("joined", new Layout.Concat(1), "firsts", "tokens");
    add("z0", new Arithmetic.Add(), "joined", drawn("positions", 0.3, 1, extra + PLACES, WIDTH));
    for (int block = 1; block <= BLOCKS; block++) {
      block("b" + block, "z" + (block - 1), "z" + block);
    }
    norm("norm", "z" + BLOCKS);
    add("class_token", new Layout.Gather(1, List.of(0L), List.of()), "norm");
    add(
        "logits",
        new Linear.Gemm(1, 1, false, true),
        "class_token",
        drawn("logits.w", 0.8, CLASSES, WIDTH),
        drawn("logits.b", 0.1, CLASSES));
    return new Graph("x", nodes, constants, "logits");
  }

  private void block(String name, String from, String to) {
    norm(name + ".norm1", from);
    String query = heads(name + ".query", name + ".norm1", List.of(0L, 2L, 1L, 3L));
    String key = heads(name + ".key", name + ".norm1", List.of(0L, 2L, 3L, 1L));
    String value = heads(name + ".value", name + ".norm1", List.of(0L, 2L, 1L, 3L));
    add(name + ".scores", new Linear.MatMul(), query, key);
    constants.put(name + ".scale", Tensor.scalar(1 / Math.sqrt(WIDTH / HEADS)).asFloat());
    add(name + ".scaled", new Arithmetic.Mul(), name + ".scores", name + ".scale");
    add(name + ".attention", new Activation.Softmax(-1, false), name + ".scaled");
    add(name + ".mixed", new Linear.MatMul(), name + ".attention", value);
    add(name + ".sides", new Layout.Transpose(List.of(0L, 2L, 1L, 3L)), name + ".mixed");
    add(name + ".side", new Layout.Reshape(List.of(0L, 0L, (long) WIDTH), false), name + ".sides");
    dense(name + ".out", name + ".side", WIDTH, WIDTH);
    add(name + ".sum", new Arithmetic.Add(), from, name + ".out");
    norm(name + ".norm2", name + ".sum");
    dense(name + ".dense1", name + ".norm2", WIDTH, HIDDEN);
    add(name + ".gelu", new Activation.Gelu(true), name + ".dense1");
    dense(name + ".dense2", name + ".gelu", HIDDEN, WIDTH);
    add(to, new Arithmetic.Add(), name + ".sum", name + ".dense2");
  }

  private String heads(String name, String from, List<Long> order) {
    dense(name, from, WIDTH, WIDTH);
    List<Long> cut = List.of(0L, 0L, (long) HEADS, (long) WIDTH / HEADS);
    add(name + ".cut", new Layout.Reshape(cut, false), name);
    return add(name + ".heads", new Layout.Transpose(order), name + ".cut");
  }

  private void dense(String name, String from, int inputs, int outputs) {
    String weight = drawn(name + ".w", 1.2 / Math.sqrt(inputs), inputs, outputs);
    add(name + ".product", new Linear.MatMul(), from, weight);
    add(name, new Arithmetic.Add(), name + ".product", drawn(name + ".b", 0.2, outputs));
  }

  private void norm(String name, String from) {
    Tensor scale = Tensor.of(new Rng(seed++).uniform(WIDTH, 0.7, 1.4), WIDTH);
    constants.put(name + ".scale", scale);
    add(
        name,
        new Normalization.LayerNormalization(-1, EPSILON),
        from,
        name + ".scale",
        drawn(name + ".shift", 0.2, WIDTH));
  }

  private String add(String name, Operator operator, String... inputs) {
    nodes.add(new Node(name, operator, List.of(inputs)));
    return name;
  }

  private String drawn(String name, double deviation, long... sizes) {
    int count = (int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    constants.put(name, Tensor.of(new Rng(seed++).normal(count), sizes).mul(deviation));
    return name;
  }
}
