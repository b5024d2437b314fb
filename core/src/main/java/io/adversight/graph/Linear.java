package io.adversight.graph;

import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import java.util.List;

/** Operators that are linear in their first input, with weights as further inputs. */
public sealed interface Linear extends Operator {
  /**
   * Cross-correlation with weights (M, C / groups, kh, kw) and an optional bias.
   *
   * @param strides rows, columns
   * @param pads top, left, bottom, right
   * @param dilations rows, columns
   * @param groups how many groups of channels are kept apart
   */
  record Conv(List<Long> strides, List<Long> pads, List<Long> dilations, long groups)
      implements Linear {
    public Conv {
      strides = List.copyOf(strides);
      pads = List.copyOf(pads);
      dilations = List.copyOf(dilations);
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor bias = inputs.size() > 2 ? inputs.get(2) : null;
      Padding padding = Padding.of(pads);
      Tensor x = padding.apply(inputs.get(0), 0);
      Kernels.Window window = new Kernels.Window(strides, padding.symmetric(), dilations);
      return Kernels.conv(x, inputs.get(1), bias, window, groups);
    }
  }

  /**
   * alpha A' B' + beta C, where A' and B' may be transposed.
   *
   * @param alpha factor of the product
   * @param beta factor of C
   * @param transA whether A is transposed first
   * @param transB whether B is transposed first
   */
  record Gemm(double alpha, double beta, boolean transA, boolean transB) implements Linear {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor a = transA ? inputs.get(0).transpose(0, 1) : inputs.get(0);
      Tensor bias = inputs.size() > 2 ? inputs.get(2) : null;
      if (alpha == 1 && beta == 1 && (bias == null || bias.rank() == 1)) {
        Tensor weight = transB ? inputs.get(1) : inputs.get(1).transpose(0, 1);
        return Kernels.linear(a, weight, bias);
      }
      Tensor b = transB ? inputs.get(1).transpose(0, 1) : inputs.get(1);
      Tensor product = a.matmul(b).mul(alpha);
      return bias == null ? product : product.add(bias.mul(beta));
    }
  }
}
