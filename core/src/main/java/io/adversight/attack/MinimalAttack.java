package io.adversight.attack;

import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.Set;

/** Looks for the nearest adversarial image. */
public non-sealed interface MinimalAttack extends Attack {
  /** Changed images, (N, C, H, W); images for which nothing was found may stay as they were. */
  Tensor perturb(Problem problem, Norm norm, Run run);

  /** The norms this attack minimises. */
  @Override
  Set<Norm> norms();
}
