package io.adversight.metric.distance;

import io.adversight.describe.Doc;
import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;
import java.util.Arrays;

/**
 * Wasserstein-1 distance of the distributions of two maps' values, wherever they lie: the mean
 * absolute difference of the sorted values, in the maps' own units. Tells whether the histogram
 * changed; {@link SlicedWasserstein} tells whether the mass moved.
 */
@Doc("Wasserstein distance of the values")
public record ValueWasserstein() implements ImageDistance {
  @Override
  public double distance(Raster a, Raster b) {
    AlignedMaps maps = AlignedMaps.of(a, b);
    double[] first = maps.firstValues();
    double[] second = maps.secondValues();
    Arrays.sort(first);
    Arrays.sort(second);
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += Math.abs(first[i] - second[i]);
    }
    return sum / first.length;
  }
}
