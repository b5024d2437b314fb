package io.adversight.attack.blackbox;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.iteration.Restarts;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * Gaussian noise, scaled so that it ends on the border of the ball: what an attack must beat.
 *
 * @param tries how many draws are tried; images that reach the goal leave
 */
@Doc("Gaussian noise")
public record GaussianNoise(@Doc("number of random draws") int tries) implements BoundedAttack {
  /** One draw. */
  public GaussianNoise() {
    this(1);
  }

  public GaussianNoise {
    Check.atLeast(1, tries, "tries");
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    return Restarts.best(
        tries, problem, p -> p.objective(Loss.CROSS_ENTROPY), run, (p, r) -> draw(p, ball, r));
  }

  private static Tensor draw(Problem problem, Ball ball, Run run) {
    Tensor noise = run.normal(problem.pixels(), 0);
    Tensor size = ball.norm().of(noise).clamp(1e-30, Float.MAX_VALUE);
    return problem.clip(problem.pixels().add(noise.div(size).mul(ball.epsilon())));
  }
}
