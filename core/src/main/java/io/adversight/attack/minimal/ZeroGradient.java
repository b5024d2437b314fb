package io.adversight.attack.minimal;

import io.adversight.attack.problem.Norm;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/** Where a network's gradient is exactly 0, any direction is as good as another. */
final class ZeroGradient {
  private ZeroGradient() {}

  /** The gradient at length 1; a random direction of length 1 for images whose gradient is 0. */
  static Tensor direction(Tensor gradient, Run run, long use) {
    Tensor flat = gradient.linfPerImage().eq(0);
    boolean none = flat.asFloat().sum().item() == 0;
    return Norm.L2.steepest(none ? gradient : flat.choose(run.normal(gradient, use), gradient));
  }
}
