package io.adversight.metric.statistic;

import io.adversight.image.Raster;

/** A number read off a single map; never NaN. */
@FunctionalInterface
public interface MapStatistic {
  /** The statistic of one map. */
  double of(Raster map);
}
