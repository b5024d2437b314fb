package io.adversight.attack.gradient;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.iteration.Restarts;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.Optional;

/**
 * Repeated gradient ascent on the loss, projected onto the ball after every step: {@code x <- P(x +
 * a sign grad L)}, around the original image.
 *
 * @param steps gradient steps
 * @param relativeStep a / epsilon; 0 for 2.5 / steps, as is usual today
 * @param randomStart whether the first image is a random point of the ball
 * @param restarts tries from different starts; images that reach the goal leave
 * @param schedule how a changes over the steps
 * @param loss what is increased
 */
@Doc("Projected gradient descent")
@Paper("madry2018")
public record Pgd(
    @Doc("gradient steps") int steps,
    @Doc("step length as a fraction of epsilon; 0 for 2.5 / steps") double relativeStep,
    @Doc("start at a random point of the ball") boolean randomStart,
    @Doc("tries from different random starts") int restarts,
    @Doc("schedule of the step length") StepSchedule schedule,
    @Doc("loss that is increased") Loss loss)
    implements BoundedAttack {
  /** 40 steps of 2.5 epsilon / 40 from a random point. */
  public Pgd() {
    this(40, 0, true);
  }

  /** One try with steps of equal length on the cross-entropy. */
  public Pgd(int steps, double relativeStep, boolean randomStart) {
    this(steps, relativeStep, randomStart, 1, StepSchedule.CONSTANT, Loss.CROSS_ENTROPY);
  }

  public Pgd {
    Check.atLeast(1, steps, "steps");
    Check.atLeast(0.0, relativeStep, "relativeStep");
    Check.atLeast(1, restarts, "restarts");
    if (restarts > 1 && !randomStart) {
      throw new IllegalArgumentException(
          "restarts above 1 need randomStart: without it every try is the same");
    }
  }

  @Override
  public Optional<String> caution() {
    return randomStart ? StepLength.caution(relativeStep, steps) : Optional.empty();
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    return Restarts.best(
        restarts, problem, p -> p.objective(loss), run, (p, r) -> once(p, ball, r));
  }

  private Tensor once(Problem problem, Ball ball, Run run) {
    Tensor center = problem.pixels();
    double length = StepLength.of(relativeStep, steps) * ball.epsilon();
    Tensor start = randomStart ? problem.clip(ball.random(center, run, 0)) : center;
    StepRule rule =
        StepRule.along(
            ball,
            (iterate, gradient) -> {
              double factor = schedule.factor((double) iterate.step() / steps);
              return ball.norm().steepest(gradient).mul(length * factor); // Madry et al., sec. 2.1
            });
    return ProjectedAscent.optimize(problem, ball, start, steps, run, loss, rule);
  }
}
