package io.adversight.attack.blackbox;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Oracle;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/** Looks for an adversarial image inside a ball, seeing the network through an oracle only. */
public interface BlackBoxBoundedAttack extends BoundedAttack {
  /** The most queries for an image at each use of the attack. */
  int queries();

  /** What the attack needs to be told. */
  Oracle.Answer answer();

  /** Changed images, (N, C, H, W); an image whose queries are used up stays as it is by then. */
  Tensor perturb(BlackBoxProblem problem, Ball ball, Run run);

  @Override
  default Tensor perturb(Problem problem, Ball ball, Run run) {
    return perturb(BlackBoxProblem.of(problem, answer(), queries(), run), ball, run);
  }
}
