package io.adversight.metric.distance;

import io.adversight.describe.Doc;
import io.adversight.image.Raster;

/** The largest absolute difference of any value. */
@Doc("Largest difference (Linf)")
public record LinfDistance() implements ImageDistance {
  /**
   * @throws IllegalArgumentException if the images differ in shape
   */
  @Override
  public double distance(Raster a, Raster b) {
    double[] difference = PixelDifference.of(a, b);
    double result = 0;
    for (double value : difference) {
      result = Math.max(result, Math.abs(value));
    }
    return result;
  }
}
