package io.adversight.metric.similarity;

import io.adversight.describe.Doc;
import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;
import io.adversight.metric.numeric.Correlation;

/**
 * Spearman's rank correlation of all values, equal ones sharing their average rank. Not defined,
 * and given as 0, when a map is constant.
 */
@Doc("Spearman rank correlation")
public record Spearman() implements MapSimilarity {
  @Override
  public double similarity(Raster a, Raster b) {
    AlignedMaps maps = AlignedMaps.of(a, b);
    return Correlation.spearman(maps.firstValues(), maps.secondValues()).orElse(0);
  }
}
