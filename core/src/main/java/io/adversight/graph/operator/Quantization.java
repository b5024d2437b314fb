package io.adversight.graph.operator;

import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Operators between numbers and the whole numbers of a quantized network, which the engine holds as
 * floating point numbers. Inputs are x, scale and an optional zero point; scale and zero point are
 * single numbers, one per index of an axis, or one per block along it.
 */
public sealed interface Quantization extends Operator {
  /** The dimension along which scales differ. */
  int axis();

  /** How many elements along {@link #axis} share a scale of its own; 0 if blocks are not used. */
  long block();

  @Override
  default Shape shape(List<Shape> inputs) {
    Shape x = inputs.get(0);
    for (Shape scale : inputs.subList(1, inputs.size())) {
      if (scale.elements() != 1) {
        int dim = Axes.of(axis(), x.rank());
        boolean fits =
            scale.rank() == 1
                ? scale.size(0) == x.size(dim)
                : block() > 0
                    && scale.rank() == x.rank()
                    && scale.size(dim) == (x.size(dim) + block() - 1) / block()
                    && scale.with(dim, 1).equals(x.with(dim, 1));
        if (!fits) {
          throw new IllegalArgumentException(
              "scales or zero points %s do not fit %s".formatted(scale, x));
        }
      }
    }
    return x;
  }

  /** A scale or zero point as it meets the elements of {@code x}. */
  private static Tensor aligned(Quantization of, Tensor scale, Tensor x) {
    if (scale.elements() == 1) {
      return scale.reshape().asFloat();
    }
    int dim = Axes.of(of.axis(), x.rank());
    if (scale.rank() == 1) {
      long[] sizes = new long[x.rank()];
      java.util.Arrays.fill(sizes, 1);
      sizes[dim] = -1;
      return scale.reshape(sizes).asFloat();
    }
    long[] repeated = scale.unsqueeze(dim + 1).shape().with(dim + 1, of.block()).toArray();
    long[] merged = scale.shape().with(dim, scale.size(dim) * of.block()).toArray();
    return scale
        .unsqueeze(dim + 1)
        .expand(repeated)
        .reshape(merged)
        .narrow(dim, 0, x.size(dim))
        .asFloat();
  }

  /**
   * x / scale rounded to the nearest whole number (the even one of two), plus the zero point,
   * limited to the range of the type. The gradient passes straight through the rounding, and
   * vanishes beyond the limits.
   *
   * @param low smallest number of the type
   * @param high largest number of the type
   */
  record QuantizeLinear(double low, double high, int axis, long block) implements Quantization {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0).asFloat();
      Tensor exact = x.div(aligned(this, inputs.get(1), x));
      Tensor whole = exact.add(exact.round().sub(exact).detach());
      Tensor shifted = inputs.size() > 2 ? whole.add(aligned(this, inputs.get(2), x)) : whole;
      return shifted.clamp(low, high);
    }
  }

  /** (x - zero point) scale. */
  record DequantizeLinear(int axis, long block) implements Quantization {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0).asFloat();
      Tensor shifted = inputs.size() > 2 ? x.sub(aligned(this, inputs.get(2), x)) : x;
      return shifted.mul(aligned(this, inputs.get(1), x));
    }
  }
}
