package io.adversight.graph.onnx;

import io.adversight.graph.operator.Sliding;
import io.adversight.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Windows that are put together of those over rows and columns. */
final class WindowFunctions {
  static final Map<String, Function<OnnxNode, FunctionBody>> BODIES =
      Map.of("LpPool", WindowFunctions::lpPool, "GlobalLpPool", WindowFunctions::globalLpPool);

  private static final List<Long> ONES = List.of(1L, 1L);

  private WindowFunctions() {}

  /** A convolution or pooling over one or three dimensions, or a mean with gaps. */
  static Optional<FunctionBody> body(OnnxNode node) {
    int rank = node.inputs() > 0 ? node.rank(0) : 0;
    boolean pool = node.type().endsWith("Pool");
    if (rank == 3) {
      return Optional.of(line(node, pool));
    }
    if (rank == 5 && pool) {
      return Optional.of(volume(node));
    }
    boolean gaps = !node.integers("dilations", ONES).stream().allMatch(each -> each == 1);
    return rank == 4 && gaps && node.type().equals("AveragePool")
        ? Optional.of(dilatedMean(node))
        : Optional.empty();
  }

  /** One dimension as the columns of a single row. */
  private static FunctionBody line(OnnxNode node, boolean pool) {
    Map<String, Object> parameters = common(node);
    StringBuilder attributes = new StringBuilder();
    for (String name : List.of("kernel_shape", "strides", "dilations", "pads", "output_padding")) {
      if (node.has(name)) {
        List<Long> given = node.integers(name, List.of());
        long none = name.equals("pads") || name.equals("output_padding") ? 0 : 1;
        List<Long> both = new ArrayList<>();
        given.forEach(each -> both.addAll(List.of(none, each)));
        parameters.put(name, both);
        attributes.append(", %s: %s".formatted(name, name));
      }
    }
    if (node.has("output_shape")) {
      List<Long> given = node.integers("output_shape", List.of());
      parameters.put("output_shape", List.of(1L, given.get(given.size() - 1)));
      attributes.append(", output_shape: output_shape");
    }
    attributes.append(flags(node));
    String operands = pool ? "row" : "row, Unsqueeze(W, [2])" + (node.hasInput(2) ? ", B" : "");
    return FunctionText.function(
        "X, W, B -> Y",
        parameters,
        """
        row = Unsqueeze(X, [2])
        Y = Squeeze(%s(%s%s), [2])
        """
            .formatted(node.type(), operands, attributes));
  }

  /** Attributes that mean the same whatever the dimensions. */
  private static Map<String, Object> common(OnnxNode node) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("padding", node.text("auto_pad", "NOTSET"));
    parameters.put("ceiling", node.integer("ceil_mode", 0));
    parameters.put("include", node.integer("count_include_pad", 0));
    parameters.put("groups", node.integer("group", 1));
    return parameters;
  }

  private static String flags(OnnxNode node) {
    return ", auto_pad: padding"
        + (node.type().endsWith("Pool")
            ? ", ceil_mode: ceiling, count_include_pad: include"
            : ", group: groups");
  }

  /** Three dimensions: windows over the last two, then over the first. */
  private static FunctionBody volume(OnnxNode node) {
    Shape x = node.shapes(0).get(0);
    List<Long> kernel = node.integers("kernel_shape", List.of());
    List<Long> strides = node.integers("strides", Collections.nCopies(3, 1L));
    List<Long> dilations = node.integers("dilations", Collections.nCopies(3, 1L));
    List<Long> pads = node.integers("pads", Collections.nCopies(6, 0L));
    if (kernel.size() != 3 || strides.size() != 3 || dilations.size() != 3 || pads.size() != 6) {
      throw node.wrong("its windows do not have three dimensions as its input has");
    }
    Map<String, Object> parameters = common(node);
    parameters.put("maps", List.of(0L, x.size(1) * x.size(2), x.size(3), x.size(4)));
    parameters.put("kernel", kernel.subList(1, 3));
    parameters.put("strides", strides.subList(1, 3));
    parameters.put("dilations", dilations.subList(1, 3));
    parameters.put("pads", List.of(pads.get(1), pads.get(2), pads.get(4), pads.get(5)));
    parameters.put("depths", List.of(0L, x.size(1), x.size(2), -1L));
    parameters.put("kernel1", List.of(kernel.get(0), 1L));
    parameters.put("strides1", List.of(strides.get(0), 1L));
    parameters.put("dilations1", List.of(dilations.get(0), 1L));
    parameters.put("pads1", List.of(pads.get(0), 0L, pads.get(3), 0L));
    parameters.put("whole", List.of(0L, x.size(1), -1L));
    String windows =
        "kernel_shape: kernel, strides: strides, dilations: dilations, pads: pads" + flags(node);
    return FunctionText.function(
        "X -> Y",
        parameters,
        """
        planes = %s(Reshape(X, maps), %s)
        depth = %s(Reshape(planes, depths), %s)
        Y = Reshape(depth, Concat(whole, Shape(planes, start: 2), axis: 0))
        """
            .formatted(
                node.type(),
                windows,
                node.type(),
                windows
                    .replace(": kernel", ": kernel1")
                    .replace(": strides", ": strides1")
                    .replace(": dilations", ": dilations1")
                    .replace(": pads,", ": pads1,")));
  }

  /** The sum of each window, by a convolution, over the number of elements that count. */
  private static FunctionBody dilatedMean(OnnxNode node) {
    Shape x = node.shapes(0).get(0);
    List<Long> kernel = node.integers("kernel_shape", List.of());
    List<Long> strides = node.integers("strides", ONES);
    List<Long> dilations = node.integers("dilations", ONES);
    List<Long> pads = OnnxWindows.averagePadding(node, x, dilations);
    List<Long> last = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Sliding sliding =
          new Sliding(
              x.size(2 + i),
              kernel.get(i),
              strides.get(i),
              pads.get(i),
              pads.get(2 + i),
              dilations.get(i),
              node.flag("ceil_mode", false));
      last.add(Math.max(0, sliding.lastPadding() - pads.get(2 + i)));
    }
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("strides", strides);
    parameters.put("dilations", dilations);
    parameters.put("channels", x.size(1));
    parameters.put("weights", List.of(x.size(1), 1L, kernel.get(0), kernel.get(1)));
    parameters.put("weight", List.of(1L, 1L, kernel.get(0), kernel.get(1)));
    parameters.put("size", List.of(1L, 1L, x.size(2), x.size(3)));
    parameters.put(
        "around", List.of(0L, 0L, pads.get(0), pads.get(1), 0L, 0L, pads.get(2), pads.get(3)));
    parameters.put("counted", node.flag("count_include_pad", false) ? 1.0 : 0.0);
    parameters.put("beyond", List.of(0L, 0L, last.get(0), last.get(1)));
    parameters.put(
        "pads",
        List.of(pads.get(0), pads.get(1), pads.get(2) + last.get(0), pads.get(3) + last.get(1)));
    return FunctionText.function(
        "X -> Y",
        parameters,
        """
        sum = Conv(X, Expand(1, weights), strides: strides, dilations: dilations, pads: pads, group: channels)
        places = Pad(Expand(1, size), around, counted)
        count = Conv(places, Expand(1, weight), strides: strides, dilations: dilations, pads: beyond)
        Y = Div(sum, count)
        """);
  }

  /** The p-th root of the sum of p-th powers of each window: means over zeros, times the size. */
  private static FunctionBody lpPool(OnnxNode node) {
    if (node.flag("ceil_mode", false)) {
      throw node.wrong("ceil_mode=1 is not supported");
    }
    List<Long> kernel = node.integers("kernel_shape", List.of());
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("kernel", kernel);
    parameters.put("strides", node.integers("strides", Collections.nCopies(kernel.size(), 1L)));
    parameters.put("dilations", node.integers("dilations", Collections.nCopies(kernel.size(), 1L)));
    parameters.put("pads", node.integers("pads", Collections.nCopies(2 * kernel.size(), 0L)));
    parameters.put("padding", node.text("auto_pad", "NOTSET"));
    parameters.put("size", (double) kernel.stream().reduce(1L, Math::multiplyExact));
    return rooted(
        node,
        parameters,
        """
        mean = AveragePool(powers, kernel_shape: kernel, strides: strides, dilations: dilations, pads: pads, auto_pad: padding, count_include_pad: 1)
        sum = Mul(mean, size)
        """);
  }

  private static FunctionBody globalLpPool(OnnxNode node) {
    List<Long> axes = new ArrayList<>();
    for (long i = 2; i < node.rank(0); i++) {
      axes.add(i);
    }
    return rooted(node, new HashMap<>(Map.of("axes", axes)), "sum = ReduceSum(powers, axes)\n");
  }

  /** The p-th root of a sum of powers, whose gradient is 0 where the sum is 0. */
  private static FunctionBody rooted(OnnxNode node, Map<String, Object> parameters, String sum) {
    double p = node.integer("p", 2);
    parameters.put("p", p);
    parameters.put("root", 1 / p);
    return FunctionText.function(
        "X -> Y",
        parameters,
        (p == 2
                ? "powers = Mul(X, X)\n"
                : p == 1 ? "powers = Abs(X)\n" : "powers = Pow(Abs(X), p)\n")
            + sum
            + """
            there = Greater(sum, 0)
            Y = Where(there, Pow(Where(there, sum, 1), root), 0)
            """);
  }
}
