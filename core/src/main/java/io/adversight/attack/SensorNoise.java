package io.adversight.attack;

import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/** Adds Gaussian noise whose standard deviation lies between {@code low} and {@code high}. */
public record SensorNoise(double low, double high) implements Distortion {
  public SensorNoise {
    Ranges.check(0, low, high, 1, "noise");
  }

  @Override
  public Tensor of(Tensor images, Run run) {
    Tensor deviation = Distortion.draw(images, run, 0, low, high);
    return images.add(run.normal(images, 1).mul(deviation)).clamp(0, 1);
  }
}
