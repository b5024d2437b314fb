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
 * Translation-invariant momentum iterative FGSM with diverse inputs, TI-DIM (Dong et al. 2019,
 * section 4.1): the gradient through a diverse input is smoothed by a kernel, then added to the
 * momentum.
 *
 * @param steps gradient steps
 * @param relativeStep step length / epsilon
 * @param decay of the momentum
 * @param kernelSize side of the kernel in pixels, odd
 * @param kernel its form
 * @param probability of a changed input
 * @param smallest the smallest side after shrinking, as a fraction of the image's
 * @param loss what is increased
 */
@Doc("Translation-invariant momentum iterative FGSM with diverse inputs (TI-DIM)")
@Paper("dong2019")
public record TiDiMiFgsm(
    @Doc("gradient steps") int steps,
    @Doc("step length as a fraction of epsilon") double relativeStep,
    @Doc("decay of the momentum") double decay,
    @Doc("side of the smoothing kernel in pixels, odd") int kernelSize,
    @Doc("form of the smoothing kernel") SmoothingKernel kernel,
    @Doc("probability of a changed input") double probability,
    @Doc("smallest side after shrinking, as a fraction of the image's") double smallest,
    @Doc("loss that is increased") Loss loss)
    implements BoundedAttack {
  /**
   * The paper's setting: 10 steps, decay 1, a Gaussian of 15 x 15 pixels, inputs changed by 0.7.
   */
  public TiDiMiFgsm() {
    this(
        10, 0.1, 1, 15, SmoothingKernel.GAUSSIAN, 0.7, InputDiversity.SMALLEST, Loss.CROSS_ENTROPY);
  }

  public TiDiMiFgsm {
    Check.atLeast(1, steps, "steps");
    Check.positive(relativeStep, "relativeStep");
    transforms(decay, kernelSize, kernel, probability, smallest);
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    List<GradientTransform> transforms =
        transforms(decay, kernelSize, kernel, probability, smallest);
    return new TransferFgsm(steps, relativeStep, transforms, loss).perturb(problem, ball, run);
  }

  private static List<GradientTransform> transforms(
      double decay, int kernelSize, SmoothingKernel kernel, double probability, double smallest) {
    return List.of(
        new Momentum(decay, Accumulation.L1),
        new TranslationInvariance(kernelSize, kernel),
        new InputDiversity(probability, smallest));
  }
}
