package io.adversight.attack.gradient;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * PGD in the setting of its paper for MNIST: 40 steps of 0.01 at epsilon 0.3, which is epsilon /
 * 30, from a random point of the ball (Madry et al. 2018, section 5).
 */
@Doc("Projected gradient descent as its paper ran it on MNIST")
@Paper("madry2018")
public record PgdMnist() implements BoundedAttack {
  private static final Pgd SETTING = new Pgd(40, 1.0 / 30, true);

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    return SETTING.perturb(problem, ball, run);
  }
}
