package io.adversight.graph;

import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import java.util.List;

/** Operators that bring activations to a common scale. */
public sealed interface Normalization extends Operator {
  /**
   * By running statistics: inputs are x, scale, shift, mean and variance.
   *
   * @param epsilon added to the variance
   */
  record BatchNormalization(double epsilon) implements Normalization {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return Kernels.batchNorm(
          inputs.get(0), inputs.get(1), inputs.get(2), inputs.get(3), inputs.get(4), epsilon);
    }
  }

  /**
   * Local response normalisation over neighbouring channels: x / (bias + alpha / size sum
   * x^2)^beta.
   *
   * @param size channels in the neighbourhood
   * @param alpha scale
   * @param beta exponent
   * @param bias offset
   */
  record LRN(long size, double alpha, double beta, double bias) implements Normalization {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      long before = (size - 1) / 2;
      long channels = x.size(1);
      Tensor square = x.square().unsqueeze(1);
      Tensor padded =
          Kernels.pad(square, List.of(0L, 0L, 0L, 0L, before, size - 1 - before), "constant", 0);
      Tensor sum = padded.narrow(2, 0, channels);
      for (long i = 1; i < size; i++) {
        sum = sum.add(padded.narrow(2, i, channels));
      }
      return x.div(sum.squeeze(1).mul(alpha / size).add(bias).pow(beta));
    }
  }
}
