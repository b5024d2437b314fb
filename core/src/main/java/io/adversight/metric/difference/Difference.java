package io.adversight.metric.difference;

import io.adversight.describe.Doc;
import io.adversight.image.Raster;

/** After minus before, with sign. Several channels are averaged. */
@Doc("Difference with sign")
public record Difference() implements MapDifference {
  @Override
  public Raster difference(Raster before, Raster after) {
    return Differences.between(before, after, (b, a) -> a - b);
  }
}
