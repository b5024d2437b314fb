package io.adversight.attack;

import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/** Adds a number between {@code low} and {@code high} to every pixel. */
public record Brightness(double low, double high) implements Distortion {
  public Brightness {
    Ranges.check(-1, low, high, 1, "brightness");
  }

  @Override
  public Tensor of(Tensor images, Run run) {
    return images.add(Distortion.draw(images, run, 0, low, high)).clamp(0, 1);
  }
}
