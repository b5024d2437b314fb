package io.adversight.attack.gradient;

import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import java.util.Set;

/**
 * A gradient smoothed by a kernel, which stands for the mean gradient over shifted copies (Dong et
 * al. 2019, eq. 8).
 *
 * @param kernelSize side of the kernel in pixels, odd
 * @param kernel its form
 */
@Doc("Translation invariance by a smoothed gradient")
@Paper("dong2019")
public record TranslationInvariance(
    @Doc("side of the smoothing kernel in pixels, odd") int kernelSize,
    @Doc("form of the smoothing kernel") SmoothingKernel kernel)
    implements GradientTransform {
  /** The paper's setting, for images of 299 x 299: a Gaussian of 15 x 15 pixels. */
  public TranslationInvariance() {
    this(15, SmoothingKernel.GAUSSIAN);
  }

  public TranslationInvariance {
    Check.within(1, 255, kernelSize, "kernelSize");
    if (kernelSize % 2 == 0) {
      throw new IllegalArgumentException("kernelSize must be odd, but was " + kernelSize);
    }
  }

  @Override
  public Set<Trait> traits() {
    return Set.of();
  }

  @Override
  public GradientEvaluation gradient(
      GradientQuery query, GradientOracle inner, GradientMemory memory) {
    GradientEvaluation evaluation = inner.gradient(query);
    Tensor gradient = evaluation.gradient();
    long channels = gradient.size(1);
    Tensor weights = kernel.weights(kernelSize, channels).like(gradient);
    Kernels.Window window = Kernels.Window.of(1, kernelSize / 2, 1);
    return evaluation.with(Kernels.conv(gradient, weights, null, window, channels)); // eq. 8
  }
}
