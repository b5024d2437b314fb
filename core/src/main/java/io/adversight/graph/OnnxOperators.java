package io.adversight.graph;

import io.adversight.graph.Arithmetic.Relation;
import io.adversight.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Which operator a node of a file means, by its type and the version of the operator set. */
final class OnnxOperators {
  private static final Map<String, Function<OnnxNode, Step>> READERS = new TreeMap<>();

  static {
    all("Relu", Activation.Relu::new);
    all("Sigmoid", Activation.Sigmoid::new);
    all("HardSwish", Activation.HardSwish::new);
    all("Tanh", Activation.Tanh::new);
    all("Softplus", Activation.Softplus::new);
    all("Erf", Activation.Erf::new);
    all("Sqrt", Activation.Sqrt::new);
    all("Exp", Activation.Exp::new);
    all("Log", Activation.Log::new);
    all("Neg", Activation.Neg::new);
    all("Reciprocal", Activation.Reciprocal::new);
    all("Abs", Activation.Abs::new);
    all("Floor", Activation.Floor::new);
    all("Ceil", Activation.Ceil::new);
    all("Not", Activation.Not::new);
    all("LeakyRelu", node -> new Activation.LeakyRelu(node.number("alpha", 0.01f)));
    all("Elu", node -> new Activation.Elu(node.number("alpha", 1)));
    all(
        "Selu",
        node ->
            new Activation.Selu(
                node.number("alpha", 1.6732631921768188),
                node.number("gamma", 1.0507010221481323)));
    all(
        "HardSigmoid",
        node -> new Activation.HardSigmoid(node.number("alpha", 0.2f), node.number("beta", 0.5)));
    all("Gelu", OnnxOperators::gelu);
    all("Softmax", node -> softmax(node, Activation.Softmax::new));
    all("LogSoftmax", node -> softmax(node, Activation.LogSoftmax::new));
    READERS.put("Clip", OnnxOperators::clip);

    all("Add", Arithmetic.Add::new);
    all("Sub", Arithmetic.Sub::new);
    all("Mul", Arithmetic.Mul::new);
    all("Div", Arithmetic.Div::new);
    all("Pow", Arithmetic.Pow::new);
    all("Sum", Arithmetic.Sum::new);
    all("Max", Arithmetic.Max::new);
    all("Min", Arithmetic.Min::new);
    all("Where", Arithmetic.Where::new);
    all("PRelu", Arithmetic.PRelu::new);
    for (Relation relation : Relation.values()) {
      Arithmetic.Compare compare = new Arithmetic.Compare(relation);
      all(compare.type(), () -> compare);
    }

    all("Conv", OnnxWindows::conv);
    all("ConvTranspose", OnnxWindows::convTranspose);
    all("MaxPool", OnnxWindows::maxPool);
    all("AveragePool", OnnxWindows::averagePool);
    all("GlobalAveragePool", Pooling.GlobalAveragePool::new);
    all("GlobalMaxPool", Pooling.GlobalMaxPool::new);
    all("MatMul", Linear.MatMul::new);
    all(
        "Gemm",
        node ->
            new Linear.Gemm(
                node.number("alpha", 1),
                node.number("beta", 1),
                node.flag("transA", false),
                node.flag("transB", false)));

    all("BatchNormalization", OnnxOperators::batchNormalization);
    all(
        "InstanceNormalization",
        node -> new Normalization.InstanceNormalization(node.number("epsilon", 1e-5f)));
    all(
        "LayerNormalization",
        node ->
            new Normalization.LayerNormalization(
                node.axis("axis", -1), node.number("epsilon", 1e-5f)));
    all(
        "LRN",
        node ->
            new Normalization.LRN(
                node.integer("size", 0),
                node.number("alpha", 1e-4f),
                node.number("beta", 0.75),
                node.number("bias", 1)));

    READERS.put("ReduceMean", node -> reduce(node, 18, Reduction.ReduceMean::new));
    READERS.put("ReduceSum", node -> reduce(node, 13, Reduction.ReduceSum::new));
    READERS.put("ReduceMax", node -> reduce(node, 18, Reduction.ReduceMax::new));
    READERS.put("ReduceMin", node -> reduce(node, 18, Reduction.ReduceMin::new));

    all("Concat", node -> new Layout.Concat(node.axis("axis", 1)));
    all("Flatten", node -> new Layout.Flatten(node.axis("axis", 1)));
    all("Transpose", node -> new Layout.Transpose(node.integers("perm", List.of())));
    READERS.put("Reshape", OnnxLayouts::reshape);
    READERS.put("Squeeze", OnnxLayouts::squeeze);
    READERS.put("Unsqueeze", OnnxLayouts::unsqueeze);
    READERS.put("Slice", OnnxLayouts::slice);
    READERS.put("Gather", OnnxLayouts::gather);
    READERS.put("Expand", OnnxLayouts::expand);
    READERS.put("Tile", node -> Step.first(new Layout.Tile(node.longs(1))));
    READERS.put("Pad", OnnxLayouts::pad);
    READERS.put("Resize", OnnxResizes::resize);
    READERS.put("Upsample", OnnxResizes::upsample);
  }

  /** Types that never become a node of a graph: they are folded or left out. */
  static final Set<String> FOLDED =
      Set.of(
          "Identity", "Dropout", "Cast", "Shape", "Size", "Constant", "ConstantOfShape", "Range");

  private OnnxOperators() {}

  /** What the {@code output}-th output of a node is. */
  static Step read(OnnxNode node, int output) {
    if (node.type().equals("Split")) {
      return OnnxLayouts.split(node, output);
    }
    if (output > 0) {
      throw node.wrong(
          "its output %d is used, but only the first is supported".formatted(output + 1));
    }
    Function<OnnxNode, Step> reader = READERS.get(node.type());
    if (reader == null) {
      throw node.wrong("unknown operator; supported are " + supported());
    }
    return reader.apply(node);
  }

  /** The names of all operators that are read. */
  static Set<String> types() {
    Set<String> names = new TreeSet<>(READERS.keySet());
    names.addAll(FOLDED);
    names.add("Split");
    return names;
  }

  static String supported() {
    return String.join(", ", types());
  }

  private static void all(String type, Supplier<Operator> operator) {
    READERS.put(type, node -> Step.all(node, operator.get()));
  }

  private static void all(String type, Function<OnnxNode, Operator> operator) {
    READERS.put(type, node -> Step.all(node, operator.apply(node)));
  }

  private static Operator gelu(OnnxNode node) {
    String approximation = node.text("approximate", "none");
    return switch (approximation) {
      case "none" -> new Activation.Gelu(false);
      case "tanh" -> new Activation.Gelu(true);
      default -> throw node.wrong("approximate must be none or tanh, but is " + approximation);
    };
  }

  private static Step clip(OnnxNode node) {
    return Step.first(
        new Activation.Clip(
            node.number("min", 1, Double.NEGATIVE_INFINITY),
            node.number("max", 2, Double.POSITIVE_INFINITY)));
  }

  /** Before operator set 13 all dimensions from the axis on are one. */
  private static Operator softmax(OnnxNode node, BiFunction<Integer, Boolean, Operator> operator) {
    if (node.opset() >= 13) {
      return operator.apply(node.axis("axis", -1), false);
    }
    int axis = node.axis("axis", 1);
    boolean alone =
        node.shapes(0).stream().allMatch(shape -> isLast(shape, Axes.of(axis, shape.rank())));
    return operator.apply(axis, !alone);
  }

  private static boolean isLast(Shape shape, int axis) {
    return Axes.product(shape, axis + 1, shape.rank()) == 1;
  }

  private static Operator batchNormalization(OnnxNode node) {
    if (node.flag("training_mode", false)) {
      throw node.wrong("training_mode is not supported; export the network for inference");
    }
    if (!node.flag("spatial", true)) {
      throw node.wrong("spatial=0 (statistics per position) is not supported");
    }
    return new Normalization.BatchNormalization(node.number("epsilon", 1e-5f));
  }

  private static Step reduce(
      OnnxNode node, int inputSince, BiFunction<List<Integer>, Boolean, Operator> operator) {
    List<Integer> axes =
        (node.opset() >= inputSince || !node.hasInput(1)
                ? node.axes("axes", 1)
                : node.axes("axes", 2))
            .orElse(List.of());
    if (axes.isEmpty() && node.flag("noop_with_empty_axes", false)) {
      return Step.first(new Layout.Squeeze(List.of()));
    }
    return Step.first(operator.apply(axes, node.flag("keepdims", true)));
  }
}
