package io.adversight.attribution.gradient;

import io.adversight.attribution.Attribution;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.tensor.Tensor;

/**
 * SmoothGrad: the mean of a base method over noisy copies of the image (Smilkov et al. 2017,
 * section 3.1).
 *
 * @param base the method that is repeated
 * @param samples noisy copies
 * @param sigma of the Gaussian noise, as a fraction of each image's range max - min
 */
@Doc("SmoothGrad")
@Paper("smilkov2017")
public record SmoothGrad(
    @Doc("method that is repeated") Attribution base,
    @Doc("noisy copies") int samples,
    @Doc("noise as a fraction of the image's range") double sigma)
    implements NoiseTunnel {
  /** The paper's setting: 50 gradients at 15 % noise (it recommends 10 % to 20 %). */
  public SmoothGrad() {
    this(new Gradient(), 50, 0.15);
  }

  public SmoothGrad {
    NoiseTunnel.check(samples, sigma);
  }

  @Override
  public Tensor statistic(Tensor mean, Tensor meanSquare) {
    return mean;
  }
}
