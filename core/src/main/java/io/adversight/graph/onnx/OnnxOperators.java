package io.adversight.graph.onnx;

import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Arithmetic.Relation;
import io.adversight.graph.operator.Axes;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Pooling;
import io.adversight.graph.operator.Reduction;
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
  /** As many inputs as a file gives. */
  private static final int ANY = Integer.MAX_VALUE;

  /**
   * How an operator is read.
   *
   * @param fewest inputs that must be there
   * @param most inputs that there may be
   * @param outputs that can be used
   * @param step what an output of a node with such inputs becomes
   */
  private record Reader(
      int fewest, int most, int outputs, BiFunction<OnnxNode, Integer, NodePlan> step) {
    NodePlan read(OnnxNode node, int output) {
      node.requireInputs(fewest, most);
      if (output >= outputs) {
        throw node.wrong(
            "its output %s is used, but only the first %s supported"
                .formatted(output + 1, outputs == 1 ? "is" : outputs + " are"));
      }
      return step.apply(node, output);
    }
  }

  /** Types that never become a node of a graph: they are folded or left out. */
  static final Set<String> FOLDED =
      Set.of(
          "Identity",
          "Dropout",
          "Cast",
          "CastLike",
          "Shape",
          "Size",
          "Constant",
          "ConstantOfShape",
          "EyeLike",
          "NonZero",
          "OneHot",
          "Range");

  private static final Map<String, Reader> READERS = new TreeMap<>();

  static {
    all("Relu", 1, 1, Activation.Relu::new);
    all("Sigmoid", 1, 1, Activation.Sigmoid::new);
    all("HardSwish", 1, 1, Activation.HardSwish::new);
    all("Tanh", 1, 1, Activation.Tanh::new);
    all("Softplus", 1, 1, Activation.Softplus::new);
    all("Erf", 1, 1, Activation.Erf::new);
    all("Sqrt", 1, 1, Activation.Sqrt::new);
    all("Exp", 1, 1, Activation.Exp::new);
    all("Log", 1, 1, Activation.Log::new);
    all("Neg", 1, 1, Activation.Neg::new);
    all("Reciprocal", 1, 1, Activation.Reciprocal::new);
    all("Abs", 1, 1, Activation.Abs::new);
    all("Floor", 1, 1, Activation.Floor::new);
    all("Ceil", 1, 1, Activation.Ceil::new);
    all("Not", 1, 1, Activation.Not::new);
    all("LeakyRelu", 1, 1, node -> new Activation.LeakyRelu(node.number("alpha", 0.01f)));
    all("Elu", 1, 1, node -> new Activation.Elu(node.number("alpha", 1)));
    all(
        "Selu",
        1,
        1,
        node ->
            new Activation.Selu(
                node.number("alpha", 1.6732631921768188),
                node.number("gamma", 1.0507010221481323)));
    all(
        "HardSigmoid",
        1,
        1,
        node -> new Activation.HardSigmoid(node.number("alpha", 0.2f), node.number("beta", 0.5)));
    all("Gelu", 1, 1, OnnxOperators::gelu);
    all("Softmax", 1, 1, node -> softmax(node, Activation.Softmax::new));
    all("LogSoftmax", 1, 1, node -> softmax(node, Activation.LogSoftmax::new));
    put("Clip", 1, 3, OnnxOperators::clip);
    for (Activation.Function function : Activation.Function.values()) {
      if (!FOLDED.contains(function.type())) {
        all(function.type(), 1, 1, () -> new Activation.Elementary(function));
      }
    }
    all("IsNaN", 1, 1, Activation.IsNaN::new);
    all(
        "IsInf",
        1,
        1,
        node ->
            new Activation.IsInf(
                node.flag("detect_positive", true), node.flag("detect_negative", true)));

    all("Add", 2, 2, Arithmetic.Add::new);
    all("Sub", 2, 2, Arithmetic.Sub::new);
    all("Mul", 2, 2, Arithmetic.Mul::new);
    all("Div", 2, 2, Arithmetic.Div::new);
    all("Pow", 2, 2, Arithmetic.Pow::new);
    all("Sum", 1, ANY, Arithmetic.Sum::new);
    all("Max", 1, ANY, Arithmetic.Max::new);
    all("Min", 1, ANY, Arithmetic.Min::new);
    all("Where", 3, 3, Arithmetic.Where::new);
    all("PRelu", 2, 2, Arithmetic.PRelu::new);
    all("Mod", 2, 2, node -> new Arithmetic.Mod(node.flag("fmod", false)));
    for (Relation relation : Relation.values()) {
      Arithmetic.Compare compare = new Arithmetic.Compare(relation);
      all(compare.type(), 2, 2, () -> compare);
    }

    all("Conv", 2, 3, OnnxWindows::conv);
    all("ConvTranspose", 2, 3, OnnxWindows::convTranspose);
    all("MaxPool", 1, 1, OnnxWindows::maxPool);
    all("AveragePool", 1, 1, OnnxWindows::averagePool);
    all("GlobalAveragePool", 1, 1, Pooling.GlobalAveragePool::new);
    all("GlobalMaxPool", 1, 1, Pooling.GlobalMaxPool::new);
    all("MatMul", 2, 2, Linear.MatMul::new);
    all(
        "Gemm",
        2,
        3,
        node ->
            new Linear.Gemm(
                node.number("alpha", 1),
                node.number("beta", 1),
                node.flag("transA", false),
                node.flag("transB", false)));

    all("BatchNormalization", 5, 5, OnnxOperators::batchNormalization);
    all(
        "InstanceNormalization",
        3,
        3,
        node -> new Normalization.InstanceNormalization(node.number("epsilon", 1e-5f)));
    all(
        "LayerNormalization",
        2,
        3,
        node ->
            new Normalization.LayerNormalization(
                node.axis("axis", -1), node.number("epsilon", 1e-5f)));
    all(
        "LRN",
        1,
        1,
        node ->
            new Normalization.LRN(
                node.integer("size", 0),
                node.number("alpha", 1e-4f),
                node.number("beta", 0.75),
                node.number("bias", 1)));

    put("ReduceMean", 1, 2, node -> reduce(node, 18, Reduction.ReduceMean::new));
    put("ReduceSum", 1, 2, node -> reduce(node, 13, Reduction.ReduceSum::new));
    put("ReduceProd", 1, 2, node -> reduce(node, 18, Reduction.ReduceProd::new));
    put("ReduceL1", 1, 2, node -> reduce(node, 18, Reduction.ReduceL1::new));
    put("ReduceL2", 1, 2, node -> reduce(node, 18, Reduction.ReduceL2::new));
    put("ReduceLogSumExp", 1, 2, node -> reduce(node, 18, Reduction.ReduceLogSumExp::new));
    put("ReduceMax", 1, 2, node -> reduce(node, 18, Reduction.ReduceMax::new));
    put("ReduceMin", 1, 2, node -> reduce(node, 18, Reduction.ReduceMin::new));

    all("Concat", 1, ANY, node -> new Layout.Concat(node.axis("axis", 1)));
    all("Flatten", 1, 1, node -> new Layout.Flatten(node.axis("axis", 1)));
    all("Transpose", 1, 1, node -> new Layout.Transpose(node.integers("perm", List.of())));
    put("Reshape", 2, 2, OnnxLayouts::reshape);
    put("Squeeze", 1, 2, OnnxLayouts::squeeze);
    put("Unsqueeze", 1, 2, OnnxLayouts::unsqueeze);
    put("Slice", 1, 5, OnnxLayouts::slice);
    put("Gather", 2, 2, OnnxLayouts::gather);
    put("Trilu", 1, 2, OnnxLayouts::trilu);
    put("Expand", 2, 2, OnnxLayouts::expand);
    several("Split", 1, 2, ANY, OnnxLayouts::split);

    all(
        "Einsum",
        1,
        ANY,
        node -> new Linear.Einsum(node.text("equation", "").replaceAll("\\s", "")));
    all("Scatter", 3, 3, OnnxSelections::scatterElements);
    all("GridSample", 2, 2, OnnxResizes::gridSample);
    several("TopK", 1, 2, 2, OnnxSelections::topK);
    all("ArgMax", 1, 1, node -> OnnxSelections.extreme(node, true));
    all("ArgMin", 1, 1, node -> OnnxSelections.extreme(node, false));
    all("GatherElements", 2, 2, OnnxSelections::gatherElements);
    all("ScatterElements", 3, 3, OnnxSelections::scatterElements);
    all("GatherND", 2, 2, OnnxSelections::gatherNd);
    all("ScatterND", 3, 3, OnnxSelections::scatterNd);
    put(
        "CumSum",
        2,
        2,
        node ->
            NodePlan.first(
                new Linear.CumSum(
                    (int) node.fixed(1).item(),
                    node.flag("exclusive", false),
                    node.flag("reverse", false))));

    all("QuantizeLinear", 2, 3, OnnxQuantizations::quantize);
    all("DequantizeLinear", 2, 3, OnnxQuantizations::dequantize);
    put("Tile", 2, 2, node -> NodePlan.first(new Layout.Tile(node.longs(1))));
    put("Pad", 1, 4, OnnxLayouts::pad);
    put("Resize", 1, 4, OnnxResizes::resize);
    put("Upsample", 1, 2, OnnxResizes::upsample);
  }

  private OnnxOperators() {}

  /** What the {@code output}-th output of a node is. */
  static NodePlan read(OnnxNode node, int output) {
    Reader reader = READERS.get(node.type());
    if (reader == null) {
      throw node.unknown();
    }
    return reader.read(node, output);
  }

  /** The names of all operators that are read. */
  static Set<String> types() {
    Set<String> names = new TreeSet<>(READERS.keySet());
    names.addAll(FOLDED);
    names.addAll(OnnxFunctions.types());
    return names;
  }

  /** Whether a node of that type is read, or folded where its inputs are known. */
  static boolean isKnown(String type) {
    return READERS.containsKey(type) || FOLDED.contains(type);
  }

  private static void put(String type, int fewest, int most, Function<OnnxNode, NodePlan> step) {
    READERS.put(type, new Reader(fewest, most, 1, (node, output) -> step.apply(node)));
  }

  private static void several(
      String type,
      int fewest,
      int most,
      int outputs,
      BiFunction<OnnxNode, Integer, NodePlan> step) {
    READERS.put(type, new Reader(fewest, most, outputs, step));
  }

  private static void all(String type, int fewest, int most, Supplier<Operator> operator) {
    put(type, fewest, most, node -> NodePlan.all(node, operator.get()));
  }

  private static void all(
      String type, int fewest, int most, Function<OnnxNode, Operator> operator) {
    put(type, fewest, most, node -> NodePlan.all(node, operator.apply(node)));
  }

  private static Operator gelu(OnnxNode node) {
    String approximation = node.text("approximate", "none");
    return switch (approximation) {
      case "none" -> new Activation.Gelu(false);
      case "tanh" -> new Activation.Gelu(true);
      default -> throw node.wrong("approximate must be none or tanh, but is " + approximation);
    };
  }

  private static NodePlan clip(OnnxNode node) {
    return NodePlan.first(
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

  private static NodePlan reduce(
      OnnxNode node, int inputSince, BiFunction<List<Integer>, Boolean, Operator> operator) {
    List<Integer> axes =
        (node.opset() >= inputSince || !node.hasInput(1)
                ? node.axes("axes", 1)
                : node.axes("axes", 2))
            .orElse(List.of());
    if (axes.isEmpty() && node.flag("noop_with_empty_axes", false)) {
      return NodePlan.first(new Layout.Squeeze(List.of()));
    }
    return NodePlan.first(operator.apply(axes, node.flag("keepdims", true)));
  }
}
