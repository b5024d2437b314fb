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
 * A random point of the ball, every point equally likely: what an attack must beat.
 *
 * @param tries how many points are tried; images that reach the goal leave
 */
@Doc("Uniform noise")
public record UniformNoise(@Doc("number of random points") int tries) implements BoundedAttack {
  /** One point. */
  public UniformNoise() {
    this(1);
  }

  public UniformNoise {
    Check.atLeast(1, tries, "tries");
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    return Restarts.best(
        tries,
        problem,
        p -> p.objective(Loss.CROSS_ENTROPY),
        run,
        (p, r) -> p.clip(ball.random(p.pixels(), r, 0)));
  }
}
