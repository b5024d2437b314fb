package io.adversight.attack;

import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.Set;

/**
 * Transforms the image as a whole (turns, shifts, blurs it, ...), as little as it can: the change
 * is natural rather than small, so that no ball bounds it.
 */
public non-sealed interface TransformAttack extends Attack {
  /** Changed images, (N, C, H, W); images for which nothing was found may stay as they were. */
  Tensor perturb(Problem problem, Run run);

  /**
   * What this attack wants of the prediction.
   *
   * @param asked the goal of the problem it is run on
   */
  default Goal goal(Goal asked) {
    return asked;
  }

  @Override
  default Set<Norm> norms() {
    return Set.of(Norm.values());
  }
}
