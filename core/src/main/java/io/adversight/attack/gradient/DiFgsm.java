package io.adversight.attack.gradient;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Iterative FGSM with diverse inputs: with probability p the gradient is taken through a copy that
 * is shrunk at random and placed at random on a black ground (Xie et al. 2019, eqs. 5 and 6). The
 * paper enlarges its 299 pixel images to 330; here the image keeps its size, and what it holds
 * shrinks by up to the same ratio.
 *
 * @param steps gradient steps
 * @param relativeStep step length / epsilon
 * @param probability p, of a changed input
 * @param smallest the smallest side after shrinking, as a fraction of the image's
 * @param decay of the momentum; 0 for DI-FGSM, 1 for M-DI-FGSM
 * @param loss what is increased
 */
@Doc("Diverse inputs iterative FGSM")
@Paper("xie2019")
public record DiFgsm(
    @Doc("gradient steps") int steps,
    @Doc("step length as a fraction of epsilon") double relativeStep,
    @Doc("probability of a changed input") double probability,
    @Doc("smallest side after shrinking, as a fraction of the image's") double smallest,
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
    transforms(decay, probability, smallest);
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    return new TransferFgsm(steps, relativeStep, transforms(decay, probability, smallest), loss)
        .perturb(problem, ball, run);
  }

  private static List<GradientTransform> transforms(
      double decay, double probability, double smallest) {
    return List.of(new Momentum(decay, Accumulation.L1), new InputDiversity(probability, smallest));
  }
}
