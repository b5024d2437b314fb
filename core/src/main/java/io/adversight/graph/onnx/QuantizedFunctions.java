package io.adversight.graph.onnx;

import io.adversight.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Operators of quantized networks, put together of those of whole numbers. The engine holds whole
 * numbers as float32, exact up to 2^24; gradients pass straight through every rounding.
 */
final class QuantizedFunctions {
  static final Map<String, Function<OnnxNode, FunctionBody>> BODIES =
      Map.of(
          "DynamicQuantizeLinear",
          node -> dynamic(),
          "ConvInteger",
          QuantizedFunctions::convInteger,
          "MatMulInteger",
          QuantizedFunctions::matMulInteger,
          "QLinearConv",
          QuantizedFunctions::conv,
          "QLinearMatMul",
          QuantizedFunctions::matMul);

  private QuantizedFunctions() {}

  private static final String DYNAMIC =
      """
      low = Min(ReduceMin(X, keepdims: 0), 0)
      high = Max(ReduceMax(X, keepdims: 0), 0)
      range = Sub(high, low)
      scale = Div(Where(Equal(range, 0), 255, range), 255)
      zero = Cast(Clip(Round(Neg(Div(low, scale))), 0, 255), to: 2)
      Y = QuantizeLinear(X, scale, zero)
      """;

  private static FunctionBody dynamic() {
    return FunctionText.function("X -> Y, scale, zero", Map.of(), DYNAMIC);
  }

  /** A zero point for each output channel or column, as it meets weights of this rank. */
  private static String less(
      OnnxNode node, String value, int index, String zero, List<Long> shape) {
    if (!node.hasInput(index)) {
      return value;
    }
    Shape given = node.shapes(index).get(0);
    return given.elements() == 1 || shape.isEmpty()
        ? "Sub(%s, %s)".formatted(value, zero)
        : "Sub(%s, Reshape(%s, %s))".formatted(value, zero, shape);
  }

  private static List<Long> perChannel(OnnxNode node, int weights) {
    List<Long> shape = new ArrayList<>(Collections.nCopies(node.rank(weights), 1L));
    shape.set(0, -1L);
    return shape;
  }

  private static Map<String, Object> window(OnnxNode node) {
    Map<String, Object> parameters = new HashMap<>();
    int dims = node.rank(0) - 2;
    parameters.put("strides", node.integers("strides", Collections.nCopies(dims, 1L)));
    parameters.put("dilations", node.integers("dilations", Collections.nCopies(dims, 1L)));
    parameters.put("pads", node.integers("pads", Collections.nCopies(2 * dims, 0L)));
    parameters.put("padding", node.text("auto_pad", "NOTSET"));
    parameters.put("groups", node.integer("group", 1));
    return parameters;
  }

  private static final String WINDOW =
      "strides: strides, dilations: dilations, pads: pads, auto_pad: padding, group: groups";

  private static FunctionBody convInteger(OnnxNode node) {
    return FunctionText.function(
        "X, W, xz, wz -> Y",
        window(node),
        "Y = Conv(%s, %s, %s)"
            .formatted(
                less(node, "X", 2, "xz", List.of()),
                less(node, "W", 3, "wz", perChannel(node, 1)),
                WINDOW));
  }

  private static FunctionBody matMulInteger(OnnxNode node) {
    return FunctionText.function(
        "A, B, az, bz -> Y",
        Map.of(),
        "Y = MatMul(%s, %s)"
            .formatted(
                less(node, "A", 2, "az", List.of(-1L, 1L)), less(node, "B", 3, "bz", List.of())));
  }

  private static FunctionBody conv(OnnxNode node) {
    Map<String, Object> parameters = window(node);
    List<Long> channels = new ArrayList<>(Collections.nCopies(node.rank(0) - 1, 1L));
    channels.set(0, -1L);
    parameters.put("channels", channels);
    return FunctionText.function(
        "X, xs, xz, W, ws, wz, ys, yz, B -> Y",
        parameters,
        """
        sums = Conv(%s, %s%s, %s)
        factor = Reshape(Div(Mul(xs, ws), ys), channels)
        Y = QuantizeLinear(Mul(Cast(sums, to: 1), factor), 1, yz)
        """
            .formatted(
                less(node, "X", 2, "xz", List.of()),
                less(node, "W", 5, "wz", perChannel(node, 3)),
                node.hasInput(8) ? ", B" : "",
                WINDOW));
  }

  private static FunctionBody matMul(OnnxNode node) {
    return FunctionText.function(
        "A, as, az, B, bs, bz, ys, yz -> Y",
        Map.of(),
        """
        sums = Cast(MatMul(%s, %s), to: 1)
        Y = QuantizeLinear(Mul(sums, Div(Mul(%s, bs), ys)), 1, yz)
        """
            .formatted(
                less(node, "A", 2, "az", List.of(-1L, 1L)),
                less(node, "B", 5, "bz", List.of()),
                node.shapes(1).get(0).elements() == 1 ? "as" : "Reshape(as, [-1, 1])"));
  }
}
