package io.adversight.metric.distance;

import io.adversight.describe.Doc;
import io.adversight.image.Raster;

/** The number of values that differ, each channel counted on its own. */
@Doc("Values changed (L0)")
public record L0Distance() implements ImageDistance {
  /**
   * @throws IllegalArgumentException if the images differ in shape
   */
  @Override
  public double distance(Raster a, Raster b) {
    double[] difference = PixelDifference.of(a, b);
    double result = 0;
    for (double value : difference) {
      result += value == 0 ? 0 : 1;
    }
    return result;
  }
}
