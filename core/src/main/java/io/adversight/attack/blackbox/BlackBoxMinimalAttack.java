package io.adversight.attack.blackbox;

import io.adversight.attack.MinimalAttack;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Oracle;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/** Looks for the nearest adversarial image, seeing the network through an oracle only. */
public interface BlackBoxMinimalAttack extends MinimalAttack {
  /** The most queries for an image at each use of the attack. */
  int queries();

  /** What the attack needs to be told. */
  Oracle.Answer answer();

  /** Changed images, (N, C, H, W); an image whose queries are used up stays as it is by then. */
  Tensor perturb(BlackBoxProblem problem, Norm norm, Run run);

  @Override
  default Tensor perturb(Problem problem, Norm norm, Run run) {
    return perturb(BlackBoxProblem.of(problem, answer(), queries(), run), norm, run);
  }
}
