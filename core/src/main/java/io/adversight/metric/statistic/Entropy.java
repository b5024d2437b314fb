package io.adversight.metric.statistic;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;
import java.util.Arrays;

/**
 * Shannon entropy in nats of a map's magnitudes divided by their sum ("complexity", Bhatt et al.
 * 2020): 0 for a single spot, log n for n equal values. A map of zeros counts as flat.
 */
@Doc("Entropy, nats")
@Paper("bhatt2020")
public record Entropy() implements MapStatistic {
  @Override
  public double of(Raster map) {
    return of(AlignedMaps.values(map));
  }

  static double of(double[] values) {
    double sum = Arrays.stream(values).map(Math::abs).sum();
    if (sum == 0) {
      return Math.log(values.length);
    }
    double entropy = 0;
    for (double value : values) {
      double p = Math.abs(value) / sum;
      entropy -= p == 0 ? 0 : p * Math.log(p);
    }
    return Math.max(0, entropy);
  }
}
