package io.adversight.attack.problem;

import io.adversight.model.Activations;
import io.adversight.model.Objective;
import io.adversight.tensor.Tensor;
import java.util.List;

/** By how much the goal is missed, in logits: positive while it is not reached. */
public final class Margins {
  private Margins() {}

  /**
   * One number per image: z_y - max other for the label y, max other - z_t for a target, and max
   * other - z_y where the label is to be kept. A loss of the problem's own plays no part.
   */
  public static double[] of(Problem problem, Tensor logits) {
    boolean away = problem.goal() instanceof Goal.Misclassify;
    List<Integer> classes =
        problem.goal() instanceof Goal.MisclassifyAs as ? as.targets() : problem.labels();
    Tensor ahead = new Objective.Margin(classes).values(Activations.ofLogits(logits.detach()));
    return (away ? ahead : ahead.neg()).toDoubles();
  }
}
