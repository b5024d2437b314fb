package io.adversight.graph.onnx;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Axes;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.PerImageOperator;
import io.adversight.graph.operator.Reduction;
import io.adversight.graph.operator.Selection;
import io.adversight.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether an operator treats every index of the first dimension on its own, so that images that lie
 * there one after the other cannot mix. What cannot be told from the operator and the shapes is
 * taken for no.
 */
final class RowWise {
  private RowWise() {}

  /**
   * Whether a network surely gives each image of a batch what it gives the image alone: every value
   * has the batch first, and no operator looks across it.
   *
   * @param batches shapes of inputs of two batch sizes
   */
  static boolean isCertain(Graph graph, List<Shape> batches) {
    Set<String> constants = graph.constants().keySet();
    for (Shape batch : batches) {
      Map<String, Shape> shapes = graph.shapes(batch);
      graph.constants().forEach((name, constant) -> shapes.put(name, constant.shape()));
      for (Node node : graph.nodes()) {
        Shape output = shapes.getOrDefault(node.name(), batch);
        if (output.rank() == 0 || output.size(0) != batch.size(0) || !is(node, shapes, constants)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether a node treats the rows of its inputs, which have these shapes, on their own. */
  static boolean is(Node node, Map<String, Shape> known, Set<String> constants) {
    List<Shape> values = new ArrayList<>();
    List<Shape> weights = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();
    for (String name : node.inputs()) {
      Shape shape = known.getOrDefault(name, Shape.of());
      shapes.add(shape);
      (constants.contains(name) ? weights : values).add(shape);
    }
    Operator operator = node.operator();
    if (operator instanceof Activation activation) {
      return is(activation, shapes.get(0));
    }
    if (values.stream().anyMatch(shape -> shape.rank() == 0)) {
      return false;
    }
    if (operator instanceof Arithmetic) {
      return isAligned(values, weights);
    }
    boolean first = values.size() == 1 && !constants.contains(node.inputs().get(0));
    if (operator instanceof Linear.MatMul) {
      Shape right = shapes.get(1);
      boolean ofWeights = first && right.rank() <= 2;
      boolean ofMatrices = right.rank() >= 3 && isAligned(values, weights);
      return shapes.get(0).rank() >= 2 && (ofWeights || ofMatrices);
    }
    if (operator instanceof Layout layout) {
      return is(layout, shapes, values);
    }
    // All others take one value of the network, and weights.
    Shape x = shapes.get(0);
    if (operator instanceof Linear.Gemm gemm) {
      return first
          && !gemm.transA()
          && (shapes.size() < 3 || shapes.get(2).rank() < 2 || shapes.get(2).size(0) == 1);
    }
    if (operator instanceof Normalization.LayerNormalization norm) {
      return first
          && Axes.of(norm.axis(), x.rank()) > 0
          && weights.stream().allMatch(weight -> weight.rank() < x.rank());
    }
    if (operator instanceof Reduction reduction) {
      return !reduction.axes().isEmpty()
          && reduction.axes().stream().allMatch(axis -> Axes.of(axis, x.rank()) > 0);
    }
    if (operator instanceof Linear.Einsum) {
      return false;
    }
    if (operator instanceof Linear.CumSum sum) {
      return first && Axes.of(sum.axis(), x.rank()) > 0;
    }
    if (operator instanceof Selection selection) {
      return first && is(selection, x);
    }
    return first && !(operator instanceof PerImageOperator);
  }

  private static boolean is(Selection selection, Shape x) {
    if (selection instanceof Selection.TopK top) {
      return Axes.of(top.axis(), x.rank()) > 0;
    }
    return selection instanceof Selection.ArgExtreme extreme
        && Axes.of(extreme.axis(), x.rank()) > 0
        && x.rank() > 1;
  }

  private static boolean is(Activation activation, Shape x) {
    if (activation instanceof Activation.Softmax softmax) {
      return x.rank() > 0 && Axes.of(softmax.axis(), x.rank()) > 0;
    }
    if (activation instanceof Activation.LogSoftmax softmax) {
      return x.rank() > 0 && Axes.of(softmax.axis(), x.rank()) > 0;
    }
    return true;
  }

  /** Whether the first dimensions of all values meet each other, and no constant's own rows. */
  private static boolean isAligned(List<Shape> values, List<Shape> weights) {
    int rank = values.get(0).rank();
    long rows = values.get(0).size(0);
    return values.stream().allMatch(value -> value.rank() == rank && value.size(0) == rows)
        && weights.stream()
            .allMatch(
                weight -> weight.rank() < rank || (weight.rank() == rank && weight.size(0) == 1));
  }

  private static boolean is(Layout layout, List<Shape> shapes, List<Shape> values) {
    Shape x = shapes.get(0);
    int rank = x.rank();
    if (layout instanceof Layout.Concat concat) {
      return values.size() == shapes.size() && Axes.of(concat.axis(), rank) > 0;
    }
    if (layout instanceof Layout.Flatten flatten) {
      return flatten.axis() == 1;
    }
    if (layout instanceof Layout.Reshape reshape) {
      long first = reshape.sizes().isEmpty() ? 1 : reshape.sizes().get(0);
      boolean open = first == -1 || (first == 0 && !reshape.allowZero());
      return open && reshape.shape(List.of(x)).size(0) == x.size(0);
    }
    if (layout instanceof Layout.Transpose transpose) {
      return transpose.order().isEmpty() ? rank == 1 : transpose.order().get(0) == 0;
    }
    if (layout instanceof Layout.Unsqueeze unsqueeze) {
      int larger = rank + unsqueeze.axes().size();
      return unsqueeze.axes().stream().allMatch(axis -> Axes.of(axis, larger) > 0);
    }
    if (layout instanceof Layout.Slice slice) {
      return slice.axes().stream().allMatch(axis -> Axes.of(axis, rank) > 0);
    }
    if (layout instanceof Layout.Gather gather) {
      return Axes.of(gather.axis(), rank) > 0;
    }
    if (layout instanceof Layout.Trilu) {
      return rank > 2;
    }
    if (layout instanceof Layout.Tile tile) {
      return tile.repeats().get(0) == 1;
    }
    if (layout instanceof Layout.Pad pad) {
      return pad.pads().get(0) == 0 && pad.pads().get(rank) == 0;
    }
    return false;
  }
}
