package io.adversight.attack.corruption;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/** Stretches pixels about middle grey by a factor between {@code low} and {@code high}. */
@Doc("Contrast")
@Paper("kurakin2017")
public record Contrast(
    @Doc("smallest factor about middle grey") double low,
    @Doc("largest factor about middle grey") double high)
    implements Corruption {
  /** Up to 30 % less or more. */
  public Contrast() {
    this(0.7, 1.3);
  }

  public Contrast {
    StrengthRange.check(0, low, high, 100, "contrast");
  }

  @Override
  public Tensor of(Tensor images, Run run) {
    Tensor factor = Corruption.draw(images, run, 0, low, high);
    return images.sub(0.5).mul(factor).add(0.5).clamp(0, 1);
  }
}
