package io.adversight.attribution.gradient;

import io.adversight.attribution.Attribution;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.tensor.Tensor;

/**
 * VarGrad: the variance of a base method over noisy copies of the image (Adebayo et al. 2018,
 * "Local explanation methods for deep neural networks lack sensitivity to parameter values",
 * section 3). The population variance.
 *
 * @param base the method that is repeated
 * @param samples noisy copies
 * @param sigma of the Gaussian noise, as a fraction of each image's range max - min
 */
@Doc("VarGrad")
@Paper("adebayo2018local")
public record VarGrad(
    @Doc("method that is repeated") Attribution base,
    @Doc("noisy copies") int samples,
    @Doc("noise as a fraction of the image's range") double sigma)
    implements NoiseTunnel {
  /** The setting of SmoothGrad. */
  public VarGrad() {
    this(new Gradient(), 50, 0.15);
  }

  public VarGrad {
    NoiseTunnel.check(samples, sigma);
  }

  @Override
  public Tensor statistic(Tensor mean, Tensor meanSquare) {
    return meanSquare.sub(mean.square()).relu();
  }
}
