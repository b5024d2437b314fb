package io.adversight.attack.corruption;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/** Adds Gaussian noise whose standard deviation lies between {@code low} and {@code high}. */
@Doc("Sensor noise")
@Paper("kurakin2017")
public record SensorNoise(
    @Doc("smallest standard deviation of the noise") double low,
    @Doc("largest standard deviation of the noise") double high)
    implements Corruption {
  /** From 1 % to 5 % of the range. */
  public SensorNoise() {
    this(0.01, 0.05);
  }

  public SensorNoise {
    StrengthRange.check(0, low, high, 1, "noise");
  }

  @Override
  public Tensor of(Tensor images, Run run) {
    Tensor deviation = Corruption.draw(images, run, 0, low, high);
    return images.add(run.normal(images, 1).mul(deviation)).clamp(0, 1);
  }
}
