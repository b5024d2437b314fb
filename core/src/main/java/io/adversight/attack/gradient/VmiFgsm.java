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
 * Momentum iterative FGSM with variance tuning: the gradient is corrected by how the gradients of
 * random neighbours differed from it at the step before (Wang and He 2021, algorithm 1).
 *
 * @param steps gradient steps
 * @param relativeStep step length / epsilon
 * @param decay of the momentum
 * @param samples neighbours per step, N
 * @param relativeRadius of the neighbourhood, beta, as a multiple of epsilon
 * @param loss what is increased
 */
@Doc("Variance-tuned momentum iterative FGSM")
@Paper("wang2021")
public record VmiFgsm(
    @Doc("gradient steps") int steps,
    @Doc("step length as a fraction of epsilon") double relativeStep,
    @Doc("decay of the momentum") double decay,
    @Doc("random neighbours per step") int samples,
    @Doc("radius of the neighbourhood as a multiple of epsilon") double relativeRadius,
    @Doc("loss that is increased") Loss loss)
    implements BoundedAttack {
  /** The paper's setting: 10 steps, decay 1, 20 neighbours within 1.5 epsilon. */
  public VmiFgsm() {
    this(10, 0.1, 1, 20, 1.5, Loss.CROSS_ENTROPY);
  }

  public VmiFgsm {
    Check.atLeast(1, steps, "steps");
    Check.positive(relativeStep, "relativeStep");
    transforms(decay, samples, relativeRadius);
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    return new TransferFgsm(steps, relativeStep, transforms(decay, samples, relativeRadius), loss)
        .perturb(problem, ball, run);
  }

  private static List<GradientTransform> transforms(
      double decay, int samples, double relativeRadius) {
    return List.of(
        new Momentum(decay, Accumulation.L1), new VarianceTuning(samples, relativeRadius));
  }
}
