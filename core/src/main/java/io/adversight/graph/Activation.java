package io.adversight.graph;

import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import java.util.List;

/** Functions of one element at a time, and softmax. */
public sealed interface Activation extends Operator {
  /** The value for {@code x}. */
  Tensor of(Tensor x);

  @Override
  default Tensor forward(List<Tensor> inputs) {
    return of(inputs.get(0));
  }

  /** max(x, 0), with slope 0 at 0. */
  record Relu() implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return x.relu();
    }

    @Override
    public boolean isRectifier() {
      return true;
    }
  }

  /**
   * x limited to [min, max]; with bounds (0, 6) this is ReLU6. No gradient passes at or beyond a
   * bound.
   *
   * @param min may be minus infinity
   * @param max may be infinity
   */
  record Clip(double min, double max) implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return Kernels.hardTanh(x, min, max);
    }

    @Override
    public boolean isRectifier() {
      return min == 0;
    }
  }

  /**
   * Softmax along {@code axis}.
   *
   * @param axis counted from the last if negative
   */
  record Softmax(int axis) implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return x.softmax(axis);
    }
  }
}
