package io.adversight.graph.onnx;

import io.adversight.graph.operator.Axes;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Selection;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.Locale;

/** Reads the operators that choose elements. */
final class OnnxSelections {
  private OnnxSelections() {}

  /** The values, or their indices. */
  static NodePlan topK(OnnxNode node, int output) {
    long k = node.hasInput(1) ? (long) node.fixed(1).item() : node.integer("k", 0);
    return NodePlan.first(
        new Selection.TopK(node.axis("axis", -1), k, node.flag("largest", true), output == 1));
  }

  static Operator extreme(OnnxNode node, boolean largest) {
    return new Selection.ArgExtreme(
        node.axis("axis", 0),
        node.flag("keepdims", true),
        largest,
        node.flag("select_last_index", false));
  }

  static Operator gatherElements(OnnxNode node) {
    int axis = node.axis("axis", 0);
    checkIndices(node, axis);
    return new Selection.GatherElements(axis);
  }

  static Operator scatterElements(OnnxNode node) {
    int axis = node.axis("axis", 0);
    checkIndices(node, axis);
    return new Selection.ScatterElements(axis, joining(node));
  }

  static Operator gatherNd(OnnxNode node) {
    int batchDims = node.axis("batch_dims", 0);
    checkPositions(node, batchDims);
    return new Selection.GatherND(batchDims);
  }

  static Operator scatterNd(OnnxNode node) {
    checkPositions(node, 0);
    return new Selection.ScatterND(joining(node));
  }

  private static Selection.Joining joining(OnnxNode node) {
    String text = node.text("reduction", "none");
    for (Selection.Joining each : Selection.Joining.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
        return each;
      }
    }
    throw node.wrong("reduction must be none, add, mul, min or max, but is " + text);
  }

  private static void checkIndices(OnnxNode node, int axis) {
    Shape x = node.shapes(0).get(0);
    if (node.isKnown(1)) {
      check(node, node.known(1).get(0), x.size(Axes.of(axis, x.rank())));
    }
  }

  /** Checks every column of indices against the dimension that it counts along. */
  private static void checkPositions(OnnxNode node, int batchDims) {
    Shape x = node.shapes(0).get(0);
    int last = node.rank(1) - 1;
    if (node.isKnown(1) && last >= 0) {
      Tensor indices = node.known(1).get(0);
      for (int i = 0; i < indices.size(last); i++) {
        check(node, indices.narrow(last, i, 1), x.size(Axes.of(batchDims + i, x.rank())));
      }
    }
  }

  private static void check(OnnxNode node, Tensor indices, long size) {
    for (long index : indices.toLongs()) {
      if (index < -size || index >= size) {
        throw node.wrong("index %s is outside a dimension of %s".formatted(index, size));
      }
    }
  }
}
