package io.adversight.metric.similarity;

import io.adversight.describe.Doc;
import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;
import io.adversight.metric.numeric.Correlation;

/**
 * The cosine of the angle between two maps as vectors. Not defined, and given as 0, when a map is
 * zero everywhere.
 */
@Doc("Cosine similarity")
public record Cosine() implements MapSimilarity {
  @Override
  public double similarity(Raster a, Raster b) {
    AlignedMaps maps = AlignedMaps.of(a, b);
    return Correlation.cosine(maps.firstValues(), maps.secondValues()).orElse(0);
  }
}
