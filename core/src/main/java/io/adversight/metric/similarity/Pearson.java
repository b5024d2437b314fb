package io.adversight.metric.similarity;

import io.adversight.describe.Doc;
import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;
import io.adversight.metric.numeric.Correlation;

/** Pearson's correlation of all values. Not defined, and given as 0, when a map is constant. */
@Doc("Pearson correlation")
public record Pearson() implements MapSimilarity {
  @Override
  public double similarity(Raster a, Raster b) {
    AlignedMaps maps = AlignedMaps.of(a, b);
    return Correlation.pearson(maps.firstValues(), maps.secondValues()).orElse(0);
  }
}
