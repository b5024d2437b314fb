package io.adversight.attack.corruption;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Blur;
import io.adversight.tensor.Tensor;

/**
 * Blurs by a Gaussian whose standard deviation, in pixels, lies between {@code low} and {@code
 * high}; the border is repeated outwards.
 */
@Doc("Gaussian blur")
@Paper("kurakin2017")
public record GaussianBlur(
    @Doc("smallest standard deviation in pixels") double low,
    @Doc("largest standard deviation in pixels") double high)
    implements Corruption {
  /** From half a pixel to one and a half. */
  public GaussianBlur() {
    this(0.5, 1.5);
  }

  public GaussianBlur {
    StrengthRange.check(0, low, high, 100, "blur");
  }

  @Override
  public Tensor of(Tensor images, Run run) {
    return high == 0
        ? images.alias()
        : Blur.gaussian(images, Corruption.draw(images, run, 0, low, high));
  }
}
