package io.adversight.metric.distance;

import io.adversight.describe.Doc;
import io.adversight.image.Raster;

/** The sum of absolute differences over all values. */
@Doc("Sum of absolute differences (L1)")
public record L1Distance() implements ImageDistance {
  /**
   * @throws IllegalArgumentException if the images differ in shape
   */
  @Override
  public double distance(Raster a, Raster b) {
    double[] difference = PixelDifference.of(a, b);
    double result = 0;
    for (double value : difference) {
      result += Math.abs(value);
    }
    return result;
  }
}
