package io.adversight.attack;

import io.adversight.run.Run;
import io.adversight.tensor.Blur;
import io.adversight.tensor.Tensor;

/**
 * Blurs by a Gaussian whose standard deviation, in pixels, lies between {@code low} and {@code
 * high}; the border is repeated outwards.
 */
public record GaussianBlur(double low, double high) implements Distortion {
  public GaussianBlur {
    Ranges.check(0, low, high, 100, "blur");
  }

  @Override
  public Tensor of(Tensor images, Run run) {
    return high == 0
        ? images.alias()
        : Blur.gaussian(images, Distortion.draw(images, run, 0, low, high));
  }
}
