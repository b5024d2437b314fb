package io.adversight.attack.gradient;

import io.adversight.attack.problem.Norm;
import io.adversight.tensor.Tensor;
import java.util.Optional;

/** What a momentum attack adds up: published implementations differ. */
public enum Accumulation {
  /** The gradient divided by the sum of its absolute values (Dong et al. 2018, eq. 6). */
  L1 {
    @Override
    Tensor scaled(Tensor gradient, Norm norm) {
      return Norm.L1.steepest(gradient);
    }
  },
  /** The gradient divided by the mean of its absolute values, as torchattacks does. */
  MEAN {
    @Override
    Tensor scaled(Tensor gradient, Norm norm) {
      return Norm.L1.steepest(gradient).mul((double) gradient.elements() / gradient.size(0));
    }
  },
  /**
   * The steepest direction (for LINF the sign), and steps along the sum itself, as foolbox does.
   */
  SIGN {
    @Override
    Tensor scaled(Tensor gradient, Norm norm) {
      return norm.steepest(gradient);
    }
  };

  abstract Tensor scaled(Tensor gradient, Norm norm);

  /** decay * memory + scaled gradient; without the first term while there is no memory. */
  Tensor add(Optional<Tensor> memory, double decay, Tensor gradient, Norm norm) {
    Tensor scaled = scaled(gradient, norm);
    return memory.map(sum -> sum.mul(decay).add(scaled)).orElse(scaled);
  }
}
