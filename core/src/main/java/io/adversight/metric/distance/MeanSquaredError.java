package io.adversight.metric.distance;

import io.adversight.describe.Doc;
import io.adversight.image.Raster;

/** The mean of squared differences over all values. */
@Doc("Mean squared error")
public record MeanSquaredError() implements ImageDistance {
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
    return result / difference.length;
  }
}
