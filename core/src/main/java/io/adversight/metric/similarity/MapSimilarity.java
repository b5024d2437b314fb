package io.adversight.metric.similarity;

import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;

/**
 * How alike two maps are: larger is more alike, and never NaN. Maps of different sizes or channels
 * are brought together by {@link AlignedMaps}.
 */
@FunctionalInterface
public interface MapSimilarity {
  /** The similarity of two maps; symmetric. */
  double similarity(Raster a, Raster b);
}
