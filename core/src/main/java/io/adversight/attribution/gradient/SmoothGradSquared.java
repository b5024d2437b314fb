package io.adversight.attribution.gradient;

import io.adversight.attribution.Attribution;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.tensor.Tensor;

/**
 * SmoothGrad-squared: the mean of the squares of a base method over noisy copies of the image
 * (Hooker et al. 2019, section 3.1).
 *
 * @param base the method that is repeated
 * @param samples noisy copies
 * @param sigma of the Gaussian noise, as a fraction of each image's range max - min
 */
@Doc("SmoothGrad-squared")
@Paper("hooker2019")
public record SmoothGradSquared(
    @Doc("method that is repeated") Attribution base,
    @Doc("noisy copies") int samples,
    @Doc("noise as a fraction of the image's range") double sigma)
    implements NoiseTunnel {
  /** The setting of SmoothGrad. */
  public SmoothGradSquared() {
    this(new Gradient(), 50, 0.15);
  }

  public SmoothGradSquared {
    NoiseTunnel.check(samples, sigma);
  }

  @Override
  public Tensor statistic(Tensor mean, Tensor meanSquare) {
    return meanSquare;
  }
}
