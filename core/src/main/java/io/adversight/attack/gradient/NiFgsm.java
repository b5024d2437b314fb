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
    transforms(decay, accumulation);
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    return new TransferFgsm(steps, relativeStep, transforms(decay, accumulation), loss)
        .perturb(problem, ball, run);
  }

  private static List<GradientTransform> transforms(double decay, Accumulation accumulation) {
    return List.of(new NesterovMomentum(decay, accumulation));
  }
}
