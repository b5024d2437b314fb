package io.adversight.metric.difference;

import io.adversight.describe.Doc;
import io.adversight.image.Raster;

/**
 * What was gained: after minus before, negative values cut to zero. Several channels are averaged.
 */
@Doc("Difference, negative part cut to zero")
public record PositiveDifference() implements MapDifference {
  @Override
  public Raster difference(Raster before, Raster after) {
    return Differences.between(before, after, (b, a) -> Math.max(0, a - b));
  }
}
