package io.adversight.metric.similarity;

import io.adversight.describe.Doc;
import io.adversight.image.Raster;

/**
 * Mean SSIM of maps in their own units with scikit-image's former default for floating point: range
 * 2 (from -1 to 1), 7 x 7 equal weights, sample covariance.
 *
 * <p>This is how published comparisons of saliency maps were run. The constants of SSIM then
 * outweigh maps of tiny values, such as squared gradients, so that those score near 1 whatever they
 * show; {@link ScaledSsim} does not have that flaw.
 */
@Doc("SSIM of raw maps with range 2, as in published comparisons")
public record RawSsim() implements MapSimilarity {
  @Override
  public double similarity(Raster a, Raster b) {
    return new Ssim(SsimWindow.UNIFORM, 2).similarity(a, b);
  }
}
