package io.adversight.graph.onnx;

import io.adversight.graph.operator.AutoPad;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Pooling;
import io.adversight.graph.operator.Sliding;
import io.adversight.tensor.Shape;
import java.util.List;
import java.util.Locale;

/** Reads the operators that slide windows over rows and columns. */
final class OnnxWindows {
  private static final List<Long> ONES = List.of(1L, 1L);
  private static final List<Long> NONE = List.of(0L, 0L, 0L, 0L);

  private OnnxWindows() {}

  static Operator conv(OnnxNode node) {
    checkKernel(node);
    return new Linear.Conv(
        node.integers("strides", ONES),
        node.integers("pads", NONE),
        node.integers("dilations", ONES),
        node.integer("group", 1),
        autoPad(node));
  }

  static Operator convTranspose(OnnxNode node) {
    checkKernel(node);
    List<Long> wanted = node.integers("output_shape", List.of());
    return new Linear.ConvTranspose(
        node.integers("strides", ONES),
        node.integers("pads", NONE),
        node.integers("dilations", ONES),
        node.integers("output_padding", List.of(0L, 0L)),
        wanted.size() == 4 ? wanted.subList(2, 4) : wanted,
        node.integer("group", 1),
        autoPad(node));
  }

  static Operator maxPool(OnnxNode node) {
    if (node.flag("storage_order", false)) {
      throw node.wrong("storage_order=1 is not supported");
    }
    return new Pooling.MaxPool(
        kernel(node),
        node.integers("strides", ONES),
        node.integers("pads", NONE),
        node.integers("dilations", ONES),
        node.flag("ceil_mode", false),
        autoPad(node));
  }

  static Operator averagePool(OnnxNode node) {
    return new Pooling.AveragePool(
        kernel(node),
        node.integers("strides", ONES),
        node.integers("pads", NONE),
        node.flag("ceil_mode", false),
        node.flag("count_include_pad", false),
        autoPad(node));
  }

  private static List<Long> kernel(OnnxNode node) {
    List<Long> kernel = node.integers("kernel_shape", List.of());
    if (kernel.size() != 2) {
      throw node.wrong(
          "%s-dimensional windows are not supported, only rows and columns"
              .formatted(kernel.size()));
    }
    return kernel;
  }

  private static void checkKernel(OnnxNode node) {
    Shape weight = node.shapes(1).get(0);
    if (weight.rank() != 4) {
      throw node.wrong(
          "%s-dimensional convolutions are not supported, only rows and columns"
              .formatted(weight.rank() - 2));
    }
    List<Long> own = List.of(weight.size(2), weight.size(3));
    if (!node.integers("kernel_shape", own).equals(own)) {
      throw node.wrong(
          "kernel_shape %s contradicts the weights %s"
              .formatted(node.integers("kernel_shape", own), weight));
    }
  }

  /** The padding of a pooling with gaps, for an input of that shape. */
  static List<Long> averagePadding(OnnxNode node, Shape x, List<Long> dilations) {
    List<Long> kernel = kernel(node);
    return autoPad(node)
        .pads(
            node.integers("pads", NONE),
            x.size(2),
            x.size(3),
            Sliding.span(kernel.get(0), dilations.get(0)),
            Sliding.span(kernel.get(1), dilations.get(1)),
            node.integers("strides", ONES));
  }

  private static AutoPad autoPad(OnnxNode node) {
    String text = node.text("auto_pad", "NOTSET").toUpperCase(Locale.ROOT);
    for (AutoPad each : AutoPad.values()) {
      if (each.name().equals(text)) {
        return each;
      }
    }
    throw node.wrong("auto_pad must be NOTSET, SAME_UPPER, SAME_LOWER or VALID, but is " + text);
  }
}
