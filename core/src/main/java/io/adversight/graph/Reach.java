package io.adversight.graph;

import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * For every element of a node's value, the first and last row and column of the image that it
 * depends on; each of the four tensors has the node's shape. Lower ends are kept negated, so that
 * all four grow by the largest element.
 *
 * @param ends minus first row, minus first column, last row, last column
 */
record Reach(List<Tensor> ends) {
  /** Below every position: the end of something that depends on nothing. */
  static final double NOTHING = -1e9;

  Reach {
    ends = List.copyOf(ends);
  }

  /** The reach of the pixels themselves, (1, C, H, W). */
  static Reach ofPixels(long channels, long height, long width) {
    Tensor rows = ramp(height).reshape(1, 1, height, 1).expand(1, channels, height, width);
    Tensor columns = ramp(width).reshape(1, 1, 1, width).expand(1, channels, height, width);
    return new Reach(List.of(rows.neg(), columns.neg(), rows, columns));
  }

  private static Tensor ramp(long count) {
    float[] values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return Tensor.of(values, count);
  }

  /** Depends on nothing, in the shape of {@code constant}. */
  static Reach none(Tensor constant) {
    Tensor nothing = Tensor.full(NOTHING, constant.shape().toArray());
    return new Reach(List.of(nothing, nothing, nothing, nothing));
  }

  /** The same change of all four ends. */
  Reach map(UnaryOperator<Tensor> change) {
    return new Reach(ends.stream().map(change).toList());
  }

  /** The ends of several reaches joined one by one. */
  static Reach join(List<Reach> parts, BinaryOperator<Tensor> join) {
    List<Tensor> joined = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int end = i;
      joined.add(parts.stream().map(part -> part.ends().get(end)).reduce(join).orElseThrow());
    }
    return new Reach(joined);
  }
}
