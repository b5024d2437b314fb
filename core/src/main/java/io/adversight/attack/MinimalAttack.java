package io.adversight.attack;

import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.Set;

/** A minimum-norm attack: minimizes the norm of the perturbation. {@link Attacks} runs it. */
public non-sealed interface MinimalAttack extends Attack {
  /**
   * Perturbs the images of a problem.
   *
   * @param norm that is minimized, one of {@link #norms}
   * @param run random numbers and pass counts per image
   * @return (N, C, H, W) in [0, 1]; an image may be unchanged where the attack fails
   */
  Tensor perturb(Problem problem, Norm norm, Run run);

  /** The norms this attack minimises. */
  @Override
  Set<Norm> norms();
}
