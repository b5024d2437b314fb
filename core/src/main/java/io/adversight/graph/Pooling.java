package io.adversight.graph;

import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import java.util.List;

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
   */
  record MaxPool(
      List<Long> kernel, List<Long> strides, List<Long> pads, List<Long> dilations, boolean ceil)
      implements Pooling {
    public MaxPool {
      kernel = List.copyOf(kernel);
      strides = List.copyOf(strides);
      pads = List.copyOf(pads);
      dilations = List.copyOf(dilations);
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      Padding padding = Padding.of(pads);
      Tensor x = padding.apply(inputs.get(0), Double.NEGATIVE_INFINITY);
      Kernels.Window window = new Kernels.Window(strides, padding.symmetric(), dilations);
      return Kernels.maxPool(x, kernel, window, ceil);
    }
  }

  /** The mean of each channel. */
  record GlobalAveragePool() implements Pooling {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.get(0).mean(2, 3);
    }
  }
}
