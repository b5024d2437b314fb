package io.adversight.graph.operator;

import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that summarise whole dimensions. */
public sealed interface Reduction extends Operator {
  /** The dimensions that are summarised; all if empty. */
  List<Integer> axes();

  /** Whether they stay, with size 1. */
  boolean keepDimensions();

  /** The summary over {@code axes}, which stay with size 1. */
  Tensor over(Tensor x, int... axes);

  @Override
  default Tensor forward(List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    Tensor reduced = over(x, dims(x.rank()));
    return keepDimensions() ? reduced : reduced.reshape(shape(List.of(x.shape())).toArray());
  }

  @Override
  default Shape shape(List<Shape> inputs) {
    Shape x = inputs.get(0);
    List<Integer> gone = IntStream.of(dims(x.rank())).boxed().toList();
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      if (!gone.contains(i)) {
        sizes.add(x.size(i));
      } else if (keepDimensions()) {
        sizes.add(1L);
      }
    }
    return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
  }

  @Override
  default double work(List<Shape> inputs, Shape output) {
    return (double) inputs.get(0).elements();
  }

  private int[] dims(int rank) {
    return axes().isEmpty()
        ? IntStream.range(0, rank).toArray()
        : axes().stream().mapToInt(axis -> Axes.of(axis, rank)).distinct().toArray();
  }

  /**
   * The mean.
   *
   * @param axes the dimensions; all if empty
   * @param keepDimensions whether they stay with size 1
   */
  record ReduceMean(List<Integer> axes, boolean keepDimensions) implements Reduction {
    public ReduceMean {
      axes = List.copyOf(axes);
    }

    @Override
    public Tensor over(Tensor x, int... axes) {
      return x.mean(axes);
    }
  }

  /**
   * The sum.
   *
   * @param axes the dimensions; all if empty
   * @param keepDimensions whether they stay with size 1
   */
  record ReduceSum(List<Integer> axes, boolean keepDimensions) implements Reduction {
    public ReduceSum {
      axes = List.copyOf(axes);
    }

    @Override
    public Tensor over(Tensor x, int... axes) {
      return x.sum(axes);
    }
  }

  /**
   * The largest element.
   *
   * @param axes the dimensions; all if empty
   * @param keepDimensions whether they stay with size 1
   */
  record ReduceMax(List<Integer> axes, boolean keepDimensions) implements Reduction {
    public ReduceMax {
      axes = List.copyOf(axes);
    }

    @Override
    public Tensor over(Tensor x, int... axes) {
      return x.max(axes);
    }
  }

  /**
   * The smallest element.
   *
   * @param axes the dimensions; all if empty
   * @param keepDimensions whether they stay with size 1
   */
  record ReduceMin(List<Integer> axes, boolean keepDimensions) implements Reduction {
    public ReduceMin {
      axes = List.copyOf(axes);
    }

    @Override
    public Tensor over(Tensor x, int... axes) {
      return x.min(axes);
    }
  }

  /**
   * The product.
   *
   * @param axes the dimensions; all if empty
   * @param keepDimensions whether they stay with size 1
   */
  record ReduceProd(List<Integer> axes, boolean keepDimensions) implements Reduction {
    public ReduceProd {
      axes = List.copyOf(axes);
    }

    @Override
    public Tensor over(Tensor x, int... axes) {
      Tensor product = x;
      for (int axis : axes) {
        product = product.product(axis);
      }
      return product;
    }
  }

  /**
   * The sum of the absolute values.
   *
   * @param axes the dimensions; all if empty
   * @param keepDimensions whether they stay with size 1
   */
  record ReduceL1(List<Integer> axes, boolean keepDimensions) implements Reduction {
    public ReduceL1 {
      axes = List.copyOf(axes);
    }

    @Override
    public Tensor over(Tensor x, int... axes) {
      return x.abs().sum(axes);
    }
  }

  /**
   * The root of the sum of squares; its gradient where all are zero is 0.
   *
   * @param axes the dimensions; all if empty
   * @param keepDimensions whether they stay with size 1
   */
  record ReduceL2(List<Integer> axes, boolean keepDimensions) implements Reduction {
    public ReduceL2 {
      axes = List.copyOf(axes);
    }

    @Override
    public Tensor over(Tensor x, int... axes) {
      return x.isFloating() ? x.norm(2, axes) : x.asFloat().norm(2, axes).asLong();
    }
  }

  /**
   * The logarithm of the sum of exponentials.
   *
   * @param axes the dimensions; all if empty
   * @param keepDimensions whether they stay with size 1
   */
  record ReduceLogSumExp(List<Integer> axes, boolean keepDimensions) implements Reduction {
    public ReduceLogSumExp {
      axes = List.copyOf(axes);
    }

    @Override
    public Tensor over(Tensor x, int... axes) {
      Tensor sum = x;
      for (int axis : axes) {
        sum = sum.logSumExp(axis);
      }
      return sum;
    }
  }
}
