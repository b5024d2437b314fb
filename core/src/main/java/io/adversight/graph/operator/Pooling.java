package io.adversight.graph.operator;

import io.adversight.tensor.Kernels;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that summarise windows of rows and columns. */
public sealed interface Pooling extends Operator {
  /**
   * The largest element of each window.
   *
   * @param kernel rows, columns
   * @param strides rows, columns
   * @param pads top, left, bottom, right
   * @param dilations rows, columns
   * @param ceil whether windows that reach over the end count
   * @param autoPad whether the padding follows from the input's size
   */
  record MaxPool(
      List<Long> kernel,
      List<Long> strides,
      List<Long> pads,
      List<Long> dilations,
      boolean ceil,
      AutoPad autoPad)
      implements Pooling {
    public MaxPool {
      kernel = List.copyOf(kernel);
      strides = List.copyOf(strides);
      pads = List.copyOf(pads);
      dilations = List.copyOf(dilations);
      Sliding.check(kernel, strides, pads, dilations);
    }

    /** With the given padding. */
    public MaxPool(
        List<Long> kernel,
        List<Long> strides,
        List<Long> pads,
        List<Long> dilations,
        boolean ceil) {
      this(kernel, strides, pads, dilations, ceil, AutoPad.NOTSET);
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      Windows windows = windows(x.shape());
      Kernels.Window even = new Kernels.Window(strides, windows.before(), dilations);
      // What lies outside the input never wins, so more padding at the end changes nothing as
      // long as the number of windows is right.
      for (boolean overEnd : new boolean[] {false, true}) {
        if (windows.isEven(overEnd)) {
          return Kernels.maxPool(x, kernel, even, overEnd);
        }
      }
      Tensor padded = Padding.around(x, windows.exactPads(), Double.NEGATIVE_INFINITY);
      Kernels.Window none = new Kernels.Window(strides, List.of(0L, 0L), dilations);
      return Kernels.maxPool(padded, kernel, none, false);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return windows(inputs.get(0)).shape(inputs.get(0));
    }

    @Override
    public double work(List<Shape> inputs, Shape output) {
      return (double) output.elements() * kernel.get(0) * kernel.get(1);
    }

    /**
     * The padding (top, left, bottom, right) of an input of this shape with which no window reaches
     * over the end, nor anything is left over; negative where rows or columns are not used.
     */
    public List<Long> exactPads(Shape x) {
      return windows(x).exactPads();
    }

    private Windows windows(Shape x) {
      return Windows.of(x, kernel, strides, pads, dilations, ceil, autoPad);
    }
  }

  /**
   * The mean of each window.
   *
   * @param kernel rows, columns
   * @param strides rows, columns
   * @param pads top, left, bottom, right
   * @param ceil whether windows that reach over the end count
   * @param countIncludePad whether padding counts as zeros; what lies beyond it never counts
   * @param autoPad whether the padding follows from the input's size
   */
  record AveragePool(
      List<Long> kernel,
      List<Long> strides,
      List<Long> pads,
      boolean ceil,
      boolean countIncludePad,
      AutoPad autoPad)
      implements Pooling {
    public AveragePool {
      kernel = List.copyOf(kernel);
      strides = List.copyOf(strides);
      pads = List.copyOf(pads);
      Sliding.check(kernel, strides, pads, List.of(1L, 1L));
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      Windows windows = windows(x.shape());
      if (windows.isSymmetric() && windows.isEven(ceil)) {
        Kernels.Window even = new Kernels.Window(strides, windows.before(), List.of(1L, 1L));
        return Kernels.averagePool(x, kernel, even, ceil, countIncludePad);
      }
      Tensor padded = Padding.around(x, windows.exactPads(), 0);
      Kernels.Window none = new Kernels.Window(strides, List.of(0L, 0L), List.of(1L, 1L));
      Tensor means = Kernels.averagePool(padded, kernel, none, false, true);
      double area = (double) kernel.get(0) * kernel.get(1);
      return means.mul(counts(windows).reciprocal().mul(area).like(x));
    }

    /**
     * By how many elements the sum of each window of an input is divided, (1, 1, rows, columns).
     */
    public Tensor counts(Shape x) {
      return counts(windows(x)).asFloat();
    }

    private Tensor counts(Windows windows) {
      Tensor rows = column(windows.rows().counts(countIncludePad)).reshape(1, 1, -1, 1);
      Tensor columns = column(windows.columns().counts(countIncludePad)).reshape(1, 1, 1, -1);
      return rows.mul(columns);
    }

    /**
     * The padding (top, left, bottom, right) of an input of this shape with which no window reaches
     * over the end, nor anything is left over; negative where rows or columns are not used.
     */
    public List<Long> exactPads(Shape x) {
      return windows(x).exactPads();
    }

    private static Tensor column(List<Double> counts) {
      double[] values = counts.stream().mapToDouble(Double::doubleValue).toArray();
      return Tensor.of(values, values.length);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return windows(inputs.get(0)).shape(inputs.get(0));
    }

    @Override
    public double work(List<Shape> inputs, Shape output) {
      return (double) output.elements() * kernel.get(0) * kernel.get(1);
    }

    private Windows windows(Shape x) {
      return Windows.of(x, kernel, strides, pads, List.of(1L, 1L), ceil, autoPad);
    }
  }

  /** The mean of each channel. */
  record GlobalAveragePool() implements Pooling {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.get(0).mean(positions(inputs.get(0).rank()));
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return global(inputs.get(0));
    }

    @Override
    public double work(List<Shape> inputs, Shape output) {
      return (double) inputs.get(0).elements();
    }
  }

  /** The largest element of each channel. */
  record GlobalMaxPool() implements Pooling {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.get(0).max(positions(inputs.get(0).rank()));
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return global(inputs.get(0));
    }

    @Override
    public double work(List<Shape> inputs, Shape output) {
      return (double) inputs.get(0).elements();
    }
  }

  private static int[] positions(int rank) {
    return IntStream.range(2, rank).toArray();
  }

  private static Shape global(Shape x) {
    if (x.rank() < 3) {
      throw new IllegalArgumentException("the input must have positions, but is " + x);
    }
    Shape pooled = x;
    for (int dim : positions(x.rank())) {
      pooled = pooled.with(dim, 1);
    }
    return pooled;
  }
}
