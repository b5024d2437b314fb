package io.adversight.attack;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.Optional;
import java.util.Set;

/** An attack within a norm ball around the image. {@link Attacks} runs it. */
public non-sealed interface BoundedAttack extends Attack {
  /**
   * Perturbs the images of a problem.
   *
   * @param ball norm and radius, pixels in [0, 1]
   * @param run random numbers and pass counts per image
   * @return (N, C, H, W), which {@link Attacks} projects onto the ball and clips to [0, 1]
   */
  Tensor perturb(Problem problem, Ball ball, Run run);

  /** A warning about parameters that make the attack weaker than it could be. */
  default Optional<String> caution() {
    return Optional.empty();
  }

  @Override
  default Set<Norm> norms() {
    return Set.of(Norm.LINF, Norm.L2, Norm.L1);
  }
}
