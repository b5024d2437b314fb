package io.adversight.graph.operator;

import io.adversight.tensor.Shape;
import java.util.List;

/** Dimensions by number, and shapes that adapt to each other. */
public final class Axes {
  private Axes() {}

  /** {@code axis} counted from the first dimension of {@code rank}. */
  public static int of(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException(
          "axis %s does not exist: the input has %s dimensions".formatted(axis, rank));
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** The number of elements of the dimensions {@code from} to before {@code to}. */
  public static long product(Shape shape, int from, int to) {
    long product = 1;
    for (int i = from; i < to; i++) {
      product = Math.multiplyExact(product, shape.size(i));
    }
    return product;
  }

  /** The common shape of inputs whose dimensions of size 1 are repeated. */
  static Shape broadcast(List<Shape> shapes) {
    Shape result = shapes.get(0);
    for (Shape shape : shapes.subList(1, shapes.size())) {
      result = broadcast(result, shape);
    }
    return result;
  }

  static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    long[] sizes = new long[rank];
    for (int i = 1; i <= rank; i++) {
      long x = i <= a.rank() ? a.size(a.rank() - i) : 1;
      long y = i <= b.rank() ? b.size(b.rank() - i) : 1;
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException(
            "inputs of shapes %s and %s do not fit together".formatted(a, b));
      }
      sizes[rank - i] = x == 1 ? y : x;
    }
    return Shape.of(sizes);
  }

  /** Refuses an input that does not have {@code rank} dimensions. */
  static void requireRank(Shape shape, int rank, String what) {
    if (shape.rank() != rank) {
      throw new IllegalArgumentException(
          "%s must have %s dimensions, but has the shape %s".formatted(what, rank, shape));
    }
  }
}
