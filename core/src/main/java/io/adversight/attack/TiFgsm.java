package io.adversight.attack;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;

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
    Check.within(1, 255, kernelSize, "kernelSize");
    if (kernelSize % 2 == 0) {
      throw new IllegalArgumentException("kernelSize must be odd, but was " + kernelSize);
    }
    Check.atLeast(0.0, decay, "decay");
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    double length = relativeStep * ball.epsilon();
    long channels = problem.pixels().size(1);
    Tensor weights = kernel.weights(kernelSize, channels).like(problem.pixels());
    Kernels.Window window = Kernels.Window.of(1, kernelSize / 2, 1);
    Momentum momentum = new Momentum(Accumulation.L1, decay, ball.norm(), length);
    return Ascent.climb(
        problem,
        ball,
        problem.pixels(),
        steps,
        run,
        Ascent.Look.at(loss),
        (place, slope) -> {
          Tensor smooth = Kernels.conv(slope.gradient(), weights, null, window, channels); // eq. 8
          return momentum.move(place, new Slope(smooth, slope.loss(), slope.logits()));
        });
  }
}
