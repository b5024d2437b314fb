package io.adversight.attack;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;

/**
 * Repeated gradient ascent on the loss, projected onto the ball after every step: x <- P(x + a sign
 * grad L), around the original image.
 *
 * @param steps gradient steps
 * @param relativeStep a / epsilon
 * @param randomStart whether the first image is a random point of the ball
 * @param loss what is increased
 */
@Doc("Projected gradient descent")
@Paper("madry2018")
public record Pgd(
    @Doc("gradient steps") int steps,
    @Doc("step length as a fraction of epsilon") double relativeStep,
    @Doc("start at a random point of the ball") boolean randomStart,
    @Doc("loss that is increased") Loss loss)
    implements BoundedAttack {
  /** The paper's setting for MNIST: 40 steps of 0.01 at epsilon 0.3. */
  public Pgd() {
    this(40, 0.01 / 0.3, true, Loss.CROSS_ENTROPY);
  }

  public Pgd {
    Check.atLeast(1, steps, "steps");
    Check.positive(relativeStep, "relativeStep");
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    Objective objective = problem.objective(loss);
    Tensor center = problem.pixels();
    Tensor x = randomStart ? problem.bounds().clip(ball.random(center, run, 0)) : center.alias();
    for (int i = 0; i < steps; i++) {
      try (Scope scope = Scope.open()) {
        Slope slope = problem.slope(x, objective, run);
        Tensor step = ball.norm().steepest(slope.gradient()).mul(relativeStep * ball.epsilon());
        Tensor next = ball.project(x.add(step), center); // Madry et al. 2018, section 2.1
        run.step(next, slope.loss());
        x = scope.replace(x, problem.bounds().clip(next));
      }
    }
    return x;
  }
}
