package io.adversight.attack;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.Optional;
import java.util.Set;

/** Looks for an adversarial image inside a ball of a given size. */
public non-sealed interface BoundedAttack extends Attack {
  /**
   * Changed images, (N, C, H, W), which {@link Attacks} projects onto the ball and the bounds
   * again.
   */
  Tensor perturb(Problem problem, Ball ball, Run run);

  /** What a user should know of parameters by which the attack is weaker than it could be. */
  default Optional<String> caution() {
    return Optional.empty();
  }

  @Override
  default Set<Norm> norms() {
    return Set.of(Norm.LINF, Norm.L2, Norm.L1);
  }
}
