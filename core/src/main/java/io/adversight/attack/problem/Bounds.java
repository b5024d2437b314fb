package io.adversight.attack.problem;

import io.adversight.describe.Check;
import io.adversight.tensor.Tensor;

/**
 * The values a pixel may have.
 *
 * @param low the smallest
 * @param high the largest
 */
public record Bounds(double low, double high) {
  /** Pixels in [0, 1]. */
  public static final Bounds PIXELS = new Bounds(0, 1);

  /** Any number. */
  public static final Bounds NONE = new Bounds(-Double.MAX_VALUE, Double.MAX_VALUE);

  public Bounds {
    Check.finite(low, "low");
    Check.finite(high, "high");
    if (low >= high) {
      throw new IllegalArgumentException("low %s must be below high %s".formatted(low, high));
    }
  }

  /** The nearest image inside these bounds. */
  public Tensor clip(Tensor pixels) {
    return pixels.clamp(Math.max(low, -Float.MAX_VALUE), Math.min(high, Float.MAX_VALUE));
  }
}
