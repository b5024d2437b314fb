package io.adversight.graph;

import io.adversight.tensor.Tensor;
import java.util.List;

/** Operators that move elements without changing them. */
public sealed interface Layout extends Operator {
  /**
   * The inputs one after the other along {@code axis}.
   *
   * @param axis counted from the last if negative
   */
  record Concat(int axis) implements Layout {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return Tensor.concat(inputs, axis);
    }
  }

  /**
   * Two dimensions: those before {@code axis} and the rest.
   *
   * @param axis counted from the last if negative
   */
  record Flatten(int axis) implements Layout {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      long rows = 1;
      int split = axis < 0 ? axis + x.rank() : axis;
      for (int i = 0; i < split; i++) {
        rows *= x.size(i);
      }
      return x.reshape(rows, x.elements() / Math.max(rows, 1));
    }
  }
}
