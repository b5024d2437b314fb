package io.adversight.defense;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * Adds normal noise and cuts to [0, 1]: one draw of what randomised smoothing averages (Cohen et
 * al. 2019), without a certificate.
 *
 * @param deviation standard deviation of a pixel
 */
@Doc("Random noise")
@Paper("cohen2019")
public record RandomNoise(@Doc("standard deviation of a pixel") double deviation)
    implements Defense {
  /** The smallest deviation of the paper, 0.12. */
  public RandomNoise() {
    this(0.12);
  }

  public RandomNoise {
    Check.within(0.001, 10, deviation, "deviation");
  }

  @Override
  public boolean isRandom() {
    return true;
  }

  @Override
  public Tensor of(Tensor images, Run run) {
    return images.add(run.normal(images.detach(), 0).mul(deviation)).clamp(0, 1);
  }
}
