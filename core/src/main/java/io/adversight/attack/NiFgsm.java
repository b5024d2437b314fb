package io.adversight.attack;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * Iterative FGSM with Nesterov's momentum: the gradient is taken ahead, at x + a m g (Lin et al.
 * 2020, eqs. 6 to 8).
 *
 * @param steps gradient steps
 * @param relativeStep a / epsilon
 * @param decay m
 * @param accumulation how a gradient is scaled before it is added; this also sets how far ahead the
 *     gradient is taken
 * @param loss what is increased
 */
@Doc("Nesterov iterative FGSM")
@Paper("lin2020")
public record NiFgsm(
    @Doc("gradient steps") int steps,
    @Doc("step length as a fraction of epsilon") double relativeStep,
    @Doc("decay of the momentum") double decay,
    @Doc("how a gradient is scaled before it is added") Accumulation accumulation,
    @Doc("loss that is increased") Loss loss)
    implements BoundedAttack {
  /** The paper's setting: 10 steps of epsilon / 10, decay 1. */
  public NiFgsm() {
    this(10, 0.1, 1, Accumulation.L1, Loss.CROSS_ENTROPY);
  }

  public NiFgsm {
    Check.atLeast(1, steps, "steps");
    Check.positive(relativeStep, "relativeStep");
    Check.atLeast(0.0, decay, "decay");
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    double length = relativeStep * ball.epsilon();
    return Ascent.climb(
        problem,
        ball,
        problem.pixels(),
        steps,
        run,
        place -> ahead(place, length * decay),
        new Momentum(accumulation, decay, ball.norm(), length)); // eqs. 7 and 8
  }

  private Slope ahead(Ascent.Place place, double way) {
    Tensor x = place.x();
    Tensor ahead = place.step() == 0 ? x : x.add(place.memory().get(0).mul(way)); // eq. 6
    return place.problem().slope(ahead, place.objective(loss), place.run());
  }
}
