package io.adversight.graph.onnx;

import static io.adversight.graph.onnx.FunctionText.function;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.adversight.graph.operator.Axes;
import io.adversight.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Operators that are put together of others: each has a body after the formula of ONNX's
 * specification, which stands for the node. Further ones are in {@link WindowFunctions}, {@link
 * AttentionFunctions}, {@link MicrosoftAttention}, {@link QuantizedFunctions} and {@link
 * MicrosoftFunctions}.
 */
final class OnnxFunctions {
  /** Of a Hardmax or OneHot. */
  private static final long MOST_CLASSES = 1 << 20;

  private static final Map<String, Function<OnnxNode, FunctionBody>> BODIES = new HashMap<>();

  static {
    put("Softsign", node -> function("X -> Y", Map.of(), "Y = Div(X, Add(Abs(X), 1))"));
    put("Mish", node -> function("X -> Y", Map.of(), "Y = Mul(X, Tanh(Softplus(X)))"));
    put("Celu", OnnxFunctions::celu);
    put("ThresholdedRelu", OnnxFunctions::thresholded);
    put("Shrink", OnnxFunctions::shrink);
    put("Swish", node -> swish(node.number("alpha", 1)));
    put("SwiGLU", OnnxFunctions::swiGlu);
    put("Hardmax", OnnxFunctions::hardmax);
    put("Mean", OnnxFunctions::mean);
    put("Xor", node -> function("A, B -> Y", Map.of(), "Y = And(Or(A, B), Not(And(A, B)))"));
    put("ReduceSumSquare", node -> reduction(node, "Mul(X, X)", "sum"));
    put("ReduceLogSum", node -> reduction(node, "X", "Log(sum)"));
    put("GroupNormalization", OnnxFunctions::groupNormalization);
    put("RMSNormalization", OnnxFunctions::rmsNormalization);
    put("LpNormalization", OnnxFunctions::lpNormalization);
    put("MeanVarianceNormalization", OnnxFunctions::meanVariance);
    put("DepthToSpace", OnnxFunctions::depthToSpace);
    put("SpaceToDepth", OnnxFunctions::spaceToDepth);
    put(
        "ai.onnx.ml." + EmbeddedLabels.ZIP_MAP,
        node -> function("X -> Y", Map.of(), "Y = Identity(X)"));
    BODIES.putAll(AttentionFunctions.BODIES);
    BODIES.putAll(MicrosoftAttention.BODIES);
    BODIES.putAll(QuantizedFunctions.BODIES);
    BODIES.putAll(MicrosoftFunctions.BODIES);
    BODIES.putAll(WindowFunctions.BODIES);
  }

  private OnnxFunctions() {}

  private static void put(String type, Function<OnnxNode, FunctionBody> body) {
    BODIES.put(type, body);
  }

  /** The operators that have a body in every form. */
  static Set<String> types() {
    return new TreeSet<>(BODIES.keySet());
  }

  /** What stands for a node; empty if its operator is one of the graph's own. */
  static Optional<FunctionBody> body(OnnxNode node) {
    Function<OnnxNode, FunctionBody> body = BODIES.get(node.type());
    if (body != null) {
      return Optional.of(body.apply(node));
    }
    return switch (node.type()) {
      case "Add", "Sub", "Mul", "Div", "Pow", "PRelu" -> aligned(node);
      case "Cast" -> condition(node);
      case "OneHot" -> oneHot(node);
      case "Conv", "ConvTranspose", "MaxPool", "AveragePool" -> WindowFunctions.body(node);
      default -> Optional.empty();
    };
  }

  /** Before operator set 7 the second input begins at an axis of the first. */
  private static Optional<FunctionBody> aligned(OnnxNode node) {
    boolean slopes = node.type().equals("PRelu") && node.inputs() == 2 && node.rank(1) == 1;
    if (node.opset() >= 7 || !(slopes || node.has("axis"))) {
      return Optional.empty();
    }
    int rank = node.rank(0);
    int axis = slopes ? 1 : node.axis("axis", 0);
    List<Long> sizes = new ArrayList<>(sizes(node.shapes(1).get(0)));
    while (axis >= 0 && axis + sizes.size() < rank) {
      sizes.add(1L);
    }
    return Optional.of(
        function(
            "A, B -> Y",
            Map.of("sizes", sizes),
            "Y = %s(A, Reshape(B, sizes))".formatted(node.type())));
  }

  static List<Long> sizes(Shape shape) {
    return LongStream.of(shape.toArray()).boxed().toList();
  }

  /** Numbers that the network computes become conditions: whether they differ from 0. */
  private static Optional<FunctionBody> condition(OnnxNode node) {
    boolean wanted = node.integer("to", 0) == TensorProto.DataType.BOOL_VALUE;
    OnnxValue.Kind kind = node.input(0).kind();
    if (!wanted || node.isKnown() || kind == OnnxValue.Kind.CONDITION) {
      return Optional.empty();
    }
    Object zero = kind == OnnxValue.Kind.REAL ? 0.0 : List.of(0L);
    return Optional.of(function("X -> Y", Map.of("zero", zero), "Y = Not(Equal(X, zero))"));
  }

  /** Indices that the network computes become the values of whether each class is theirs. */
  private static Optional<FunctionBody> oneHot(OnnxNode node) {
    if (node.isKnown()) {
      return Optional.empty();
    }
    int rank = node.rank(0) + 1;
    int axis = Axes.of(node.axis("axis", -1), rank);
    long classes = (long) node.fixed(1).item();
    if (classes < 1 || classes > MOST_CLASSES) {
      throw node.wrong("%s classes are not supported".formatted(classes));
    }
    TensorProto.Builder each =
        TensorProto.newBuilder().setDataType(TensorProto.DataType.INT64_VALUE);
    for (int i = 0; i < rank; i++) {
      each.addDims(i == axis ? classes : 1);
    }
    LongStream.range(0, classes).forEach(each::addInt64Data);
    return Optional.of(
        function(
            "indices, depth, values -> Y",
            Map.of("each", each.build(), "axis", List.of((long) axis), "depths", List.of(classes)),
            """
            whole = Cast(indices, to: 7)
            below = Cast(Less(whole, zero), to: 7)
            index = Add(whole, Mul(below, depths))
            is = Equal(Unsqueeze(index, axis), each)
            off = Gather(values, [0])
            on = Gather(values, [1])
            Y = Where(is, on, off)
            """
                .replace("zero", "[0]")));
  }

  private static FunctionBody celu(OnnxNode node) {
    return function(
        "X -> Y",
        Map.of("alpha", node.number("alpha", 1)),
        "Y = Mul(Elu(Div(X, alpha), alpha: 1.0), alpha)");
  }

  private static FunctionBody thresholded(OnnxNode node) {
    return function(
        "X -> Y", Map.of("alpha", node.number("alpha", 1)), "Y = Where(Greater(X, alpha), X, 0)");
  }

  private static FunctionBody shrink(OnnxNode node) {
    double limit = node.number("lambd", 0.5);
    return function(
        "X -> Y",
        Map.of("low", -limit, "high", limit, "bias", node.number("bias", 0)),
        """
        above = Where(Greater(X, high), Sub(X, bias), 0)
        Y = Where(Less(X, low), Add(X, bias), above)
        """);
  }

  static FunctionBody swish(double alpha) {
    return function(
        "X -> Y",
        Map.of("alpha", alpha),
        alpha == 1 ? "Y = Mul(X, Sigmoid(X))" : "Y = Mul(X, Sigmoid(Mul(X, alpha)))");
  }

  private static FunctionBody swiGlu(OnnxNode node) {
    return function(
        "A, B -> Y",
        Map.of("alpha", node.number("alpha", 1)),
        "Y = Mul(Mul(A, Sigmoid(Mul(A, alpha))), B)");
  }

  private static FunctionBody hardmax(OnnxNode node) {
    Shape x = node.shapes(0).get(0);
    int axis = Axes.of(node.axis("axis", node.opset() < 13 ? 1 : -1), x.rank());
    if (node.opset() < 13 && axis != x.rank() - 1) {
      throw node.wrong("before operator set 13 only the last axis is supported");
    }
    if (x.size(axis) > MOST_CLASSES) {
      throw node.wrong("%s classes are not supported".formatted(x.size(axis)));
    }
    TensorProto.Builder positions =
        TensorProto.newBuilder().setDataType(TensorProto.DataType.INT64_VALUE);
    for (int i = 0; i < x.rank(); i++) {
      positions.addDims(i == axis ? x.size(i) : 1);
    }
    LongStream.range(0, x.size(axis)).forEach(positions::addInt64Data);
    return function(
        "X -> Y",
        Map.of("positions", positions.build(), "axis", (long) axis),
        "Y = Cast(Equal(ArgMax(X, axis: axis, keepdims: 1), positions), to: 1)");
  }

  private static FunctionBody mean(OnnxNode node) {
    String names =
        IntStream.range(0, node.inputs()).mapToObj(i -> "x" + i).collect(Collectors.joining(", "));
    return function(
        names + " -> Y",
        Map.of("count", (double) node.inputs()),
        "Y = Div(Sum(%s), count)".formatted(names));
  }

  /** A sum over axes, with something before and behind it. */
  private static FunctionBody reduction(OnnxNode node, String before, String behind) {
    List<Long> axes =
        node.axes("axes", 1).orElse(List.of()).stream().map(Integer::longValue).toList();
    boolean whole = axes.isEmpty() && node.flag("noop_with_empty_axes", false);
    Map<String, Object> parameters =
        Map.of("axes", axes, "keep", node.flag("keepdims", true) ? 1L : 0L);
    String sum =
        whole
            ? before
            : axes.isEmpty()
                ? "ReduceSum(%s, keepdims: keep)".formatted(before)
                : "ReduceSum(%s, axes, keepdims: keep)".formatted(before);
    return function("X, unused -> Y", parameters, "Y = " + behind.replace("sum", sum));
  }

  /** Groups of channels brought to mean 0 and variance 1. */
  private static FunctionBody groupNormalization(OnnxNode node) {
    List<Long> perChannel = new ArrayList<>(List.of(-1L));
    for (int i = 2; i < node.rank(0); i++) {
      perChannel.add(1L);
    }
    Map<String, Object> parameters =
        Map.of(
            "groups", List.of(0L, node.integer("num_groups", 0), -1L),
            "epsilon", node.number("epsilon", 1e-5f),
            "channels", perChannel);
    String normal =
        """
        grouped = Reshape(X, groups)
        centred = Sub(grouped, ReduceMean(grouped, [2]))
        variance = ReduceMean(Mul(centred, centred), [2])
        normal = Div(centred, Sqrt(Add(variance, epsilon)))
        """;
    // Until operator set 20 there is a scale for each group, from 21 on for each channel.
    return node.opset() < 21
        ? function(
            "X, scale, bias -> Y",
            parameters,
            normal
                + """
                scaled = Mul(normal, Reshape(scale, [-1, 1]))
                Y = Reshape(Add(scaled, Reshape(bias, [-1, 1])), Shape(X))
                """)
        : function(
            "X, scale, bias -> Y",
            parameters,
            normal
                + """
                scaled = Mul(Reshape(normal, Shape(X)), Reshape(scale, channels))
                Y = Add(scaled, Reshape(bias, channels))
                """);
  }

  private static FunctionBody rmsNormalization(OnnxNode node) {
    return rms(node, "x, scale -> Y", "");
  }

  /** x over the root of the mean of its squares from an axis on, times a scale. */
  static FunctionBody rms(OnnxNode node, String signature, String before) {
    int rank = node.rank(0);
    return function(
        signature,
        Map.of(
            "axes", LongStream.range(Axes.of(node.axis("axis", -1), rank), rank).boxed().toList(),
            "epsilon", node.number("epsilon", 1e-5f)),
        before + "Y = Mul(Div(x, Sqrt(Add(ReduceMean(Mul(x, x), axes), epsilon))), scale)");
  }

  private static FunctionBody lpNormalization(OnnxNode node) {
    String norm = node.integer("p", 2) == 1 ? "ReduceL1" : "ReduceL2";
    return function(
        "X -> Y",
        Map.of("axes", List.of((long) node.axis("axis", -1))),
        """
        norm = %s(X, axes)
        Y = Div(X, Where(Equal(norm, 0), 1, norm))
        """
            .formatted(norm));
  }

  private static FunctionBody meanVariance(OnnxNode node) {
    return function(
        "X -> Y",
        Map.of("axes", node.integers("axes", List.of(0L, 2L, 3L))),
        """
        centred = Sub(X, ReduceMean(X, axes))
        Y = Div(centred, Add(Sqrt(ReduceMean(Mul(centred, centred), axes)), 0.000000001))
        """);
  }

  private static FunctionBody depthToSpace(OnnxNode node) {
    Shape x = image(node);
    long block = block(node);
    long channels = x.size(1) / (block * block);
    boolean columns = node.text("mode", "DCR").equals("CRD");
    List<Long> apart =
        columns
            ? List.of(0L, channels, block, block, x.size(2), x.size(3))
            : List.of(0L, block, block, channels, x.size(2), x.size(3));
    return rearranged(
        apart,
        columns ? List.of(0L, 1L, 4L, 2L, 5L, 3L) : List.of(0L, 3L, 4L, 1L, 5L, 2L),
        List.of(0L, channels, x.size(2) * block, x.size(3) * block));
  }

  private static FunctionBody spaceToDepth(OnnxNode node) {
    Shape x = image(node);
    long block = block(node);
    long rows = x.size(2) / block;
    long columns = x.size(3) / block;
    boolean channelsFirst = node.text("mode", "DCR").equals("CRD");
    return rearranged(
        List.of(0L, x.size(1), rows, block, columns, block),
        channelsFirst ? List.of(0L, 1L, 3L, 5L, 2L, 4L) : List.of(0L, 3L, 5L, 1L, 2L, 4L),
        List.of(0L, x.size(1) * block * block, rows, columns));
  }

  private static FunctionBody rearranged(List<Long> apart, List<Long> order, List<Long> result) {
    return function(
        "X -> Y",
        Map.of("apart", apart, "order", order, "result", result),
        "Y = Reshape(Transpose(Reshape(X, apart), perm: order), result)");
  }

  private static Shape image(OnnxNode node) {
    Shape x = node.shapes(0).get(0);
    if (x.rank() != 4) {
      throw node.wrong("its input must have channels, rows and columns, but is " + x);
    }
    return x;
  }

  private static long block(OnnxNode node) {
    long block = node.integer("blocksize", 0);
    if (block < 1 || block > 1 << 16) {
      throw node.wrong("blocksize must be at least 1, but is " + block);
    }
    return block;
  }
}
