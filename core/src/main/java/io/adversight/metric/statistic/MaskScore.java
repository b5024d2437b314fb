package io.adversight.metric.statistic;

import io.adversight.image.Raster;

/**
 * How well a map falls onto a masked object: 0 not at all, 1 entirely. A map of another size is
 * resized bilinearly to the mask; a position belongs to the mask where its first channel exceeds
 * 0.5.
 */
@FunctionalInterface
public interface MaskScore {
  /** The score of a map against an object's mask. */
  double score(Raster map, Raster mask);
}
