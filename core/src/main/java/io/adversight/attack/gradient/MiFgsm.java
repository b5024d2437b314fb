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
 * Iterative FGSM with momentum: {@code g <- m g + grad / |grad|_1}, {@code x <- P(x + a sign g)}
 * (Dong et al. 2018, eqs. 6 and 7).
 *
 * @param steps gradient steps
 * @param relativeStep a / epsilon
 * @param decay m
 * @param accumulation how a gradient is scaled before it is added
 * @param loss what is increased
 */
@Doc("Momentum iterative FGSM")
@Paper("dong2018")
public record MiFgsm(
    @Doc("gradient steps") int steps,
    @Doc("step length as a fraction of epsilon") double relativeStep,
    @Doc("decay of the momentum") double decay,
    @Doc("how a gradient is scaled before it is added") Accumulation accumulation,
    @Doc("loss that is increased") Loss loss)
    implements BoundedAttack {
  /** The paper's setting: 10 steps of epsilon / 10, decay 1. */
  public MiFgsm() {
    this(10, 0.1, 1, Accumulation.L1, Loss.CROSS_ENTROPY);
  }

  public MiFgsm {
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
    return List.of(new Momentum(decay, accumulation));
  }
}
