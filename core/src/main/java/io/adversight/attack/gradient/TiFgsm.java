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
 * Iterative FGSM whose gradient is smoothed by a kernel, which stands for the mean gradient over
 * shifted copies (Dong et al. 2019, eq. 8). One step without momentum is the paper's TI-FGSM.
 *
 * @param steps gradient steps
 * @param relativeStep step length / epsilon
 * @param kernelSize side of the kernel in pixels, odd
 * @param kernel its form
 * @param decay of the momentum
 * @param loss what is increased
 */
@Doc("Translation-invariant iterative FGSM")
@Paper("dong2019")
public record TiFgsm(
    @Doc("gradient steps") int steps,
    @Doc("step length as a fraction of epsilon") double relativeStep,
    @Doc("side of the smoothing kernel in pixels, odd") int kernelSize,
    @Doc("form of the smoothing kernel") SmoothingKernel kernel,
    @Doc("decay of the momentum") double decay,
    @Doc("loss that is increased") Loss loss)
    implements BoundedAttack {
  /** The paper's TI-MI-FGSM: a Gaussian of 15 x 15 pixels, 10 steps, decay 1. */
  public TiFgsm() {
    this(10, 0.1, 15, SmoothingKernel.GAUSSIAN, 1, Loss.CROSS_ENTROPY);
  }

  public TiFgsm {
    Check.atLeast(1, steps, "steps");
    Check.positive(relativeStep, "relativeStep");
    transforms(decay, kernelSize, kernel);
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    return new TransferFgsm(steps, relativeStep, transforms(decay, kernelSize, kernel), loss)
        .perturb(problem, ball, run);
  }

  private static List<GradientTransform> transforms(
      double decay, int kernelSize, SmoothingKernel kernel) {
    return List.of(
        new Momentum(decay, Accumulation.L1), new TranslationInvariance(kernelSize, kernel));
  }
}
