package io.adversight.attack;

import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/** Stretches pixels about middle grey by a factor between {@code low} and {@code high}. */
public record Contrast(double low, double high) implements Distortion {
  public Contrast {
    Ranges.check(0, low, high, 100, "contrast");
  }

  @Override
  public Tensor of(Tensor images, Run run) {
    Tensor factor = Distortion.draw(images, run, 0, low, high);
    return images.sub(0.5).mul(factor).add(0.5).clamp(0, 1);
  }
}
