package io.adversight.metric.difference;

import io.adversight.image.Raster;

/** What changed from one map to another, as a one-channel map of the larger size. */
@FunctionalInterface
public interface MapDifference {
  /** The change at every position, from {@code before} to {@code after}. */
  Raster difference(Raster before, Raster after);
}
