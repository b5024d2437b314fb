package io.adversight.metric.similarity;

import io.adversight.describe.Doc;
import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;
import io.adversight.metric.numeric.Correlation;

/**
 * Kendall's tau-b of all values, which corrects for ties. Not defined, and given as 0, when a map
 * is constant.
 */
@Doc("Kendall rank correlation (tau-b)")
public record Kendall() implements MapSimilarity {
  @Override
  public double similarity(Raster a, Raster b) {
    AlignedMaps maps = AlignedMaps.of(a, b);
    return Correlation.kendall(maps.firstValues(), maps.secondValues()).orElse(0);
  }
}
