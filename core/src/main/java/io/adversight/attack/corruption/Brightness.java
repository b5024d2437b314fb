package io.adversight.attack.corruption;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/** Adds a number between {@code low} and {@code high} to every pixel. */
@Doc("Brightness")
@Paper("kurakin2017")
public record Brightness(
    @Doc("smallest number added to every pixel") double low,
    @Doc("largest number added to every pixel") double high)
    implements Corruption {
  /** Up to 0.15 darker or brighter. */
  public Brightness() {
    this(-0.15, 0.15);
  }

  public Brightness {
    StrengthRange.check(-1, low, high, 1, "brightness");
  }

  @Override
  public Tensor of(Tensor images, Run run) {
    return images.add(Corruption.draw(images, run, 0, low, high)).clamp(0, 1);
  }
}
