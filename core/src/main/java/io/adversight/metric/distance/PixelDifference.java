package io.adversight.metric.distance;

import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;
import io.adversight.metric.SameShape;

/** The values of one image minus those of another. */
final class PixelDifference {
  private PixelDifference() {}

  static double[] of(Raster a, Raster b) {
    SameShape.require(a, b);
    double[] difference = AlignedMaps.values(a);
    double[] second = AlignedMaps.values(b);
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= second[i];
    }
    return difference;
  }
}
