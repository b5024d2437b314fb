package io.adversight.attack;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * Iterative FGSM with diverse inputs: with probability p the gradient is taken through a copy that
 * is shrunk at random and placed at random on a black ground (Xie et al. 2019, eqs. 5 and 6). The
 * paper enlarges its 299 pixel images to 330; here the picture keeps its size, and what it holds
 * shrinks by up to the same ratio.
 *
 * @param steps gradient steps
 * @param relativeStep step length / epsilon
 * @param probability p, of a changed input
 * @param smallest the smallest side after shrinking, as a fraction of the picture's
 * @param decay of the momentum; 0 for DI-FGSM, 1 for M-DI-FGSM
 * @param loss what is increased
 */
@Doc("Diverse inputs iterative FGSM")
@Paper("xie2019")
public record DiFgsm(
    @Doc("gradient steps") int steps,
    @Doc("step length as a fraction of epsilon") double relativeStep,
    @Doc("probability of a changed input") double probability,
    @Doc("smallest side after shrinking, as a fraction of the picture's") double smallest,
    @Doc("decay of the momentum") double decay,
    @Doc("loss that is increased") Loss loss)
    implements BoundedAttack {
  /** The paper's setting: p = 0.5, sides down to 299 / 330, no momentum. */
  public DiFgsm() {
    this(10, 0.1, 0.5, 299.0 / 330, 0, Loss.CROSS_ENTROPY);
  }

  public DiFgsm {
    Check.atLeast(1, steps, "steps");
    Check.positive(relativeStep, "relativeStep");
    Check.within(0.0, 1.0, probability, "probability");
    Check.within(0.01, 1.0, smallest, "smallest");
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
        this::diverse,
        new Momentum(Accumulation.L1, decay, ball.norm(), length)); // eq. 6
  }

  private Slope diverse(Ascent.Place place) { // eq. 5
    Diversity view = Diversity.draw(place.x(), probability, smallest, place.run(), place.step());
    return place.problem().slope(place.x(), view::of, place.objective(loss), place.run());
  }
}
