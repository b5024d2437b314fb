package io.adversight.attack;

import io.adversight.model.Activations;
import io.adversight.tensor.Tensor;

/** By how much the goal is missed, in logits: positive while it is not reached. */
final class Margins {
  private Margins() {}

  /** One number per image: z_y - max other for the label y, or max other - z_t for a target. */
  static double[] of(Problem problem, Tensor logits) {
    return problem.objective(Loss.MARGIN).values(Activations.ofLogits(logits)).neg().toDoubles();
  }
}
