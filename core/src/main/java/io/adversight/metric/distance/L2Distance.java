package io.adversight.metric.distance;

import io.adversight.describe.Doc;
import io.adversight.image.Raster;

/** The square root of the sum of squared differences over all values. */
@Doc("Euclidean distance (L2)")
public record L2Distance() implements ImageDistance {
  /**
   * @throws IllegalArgumentException if the images differ in shape
   */
  @Override
  public double distance(Raster a, Raster b) {
    double[] difference = PixelDifference.of(a, b);
    double result = 0;
    for (double value : difference) {
      result += value * value;
    }
    return Math.sqrt(result);
  }
}
