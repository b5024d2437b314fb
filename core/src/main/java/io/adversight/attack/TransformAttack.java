package io.adversight.attack;

import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.Set;

/**
 * An attack by a transformation of the whole image (rotation, translation, blur, ...) that is as
 * weak as possible; no norm ball bounds it. {@link Attacks} runs it.
 */
public non-sealed interface TransformAttack extends Attack {
  /**
   * Transforms the images of a problem.
   *
   * @param run random numbers and pass counts per image
   * @return (N, C, H, W) in [0, 1]; an image may be unchanged where the attack fails
   */
  Tensor perturb(Problem problem, Run run);

  /**
   * The goal of this attack.
   *
   * @param given the goal of the problem
   */
  default Goal goal(Goal given) {
    return given;
  }

  @Override
  default Set<Norm> norms() {
    return Set.of(Norm.values());
  }
}
