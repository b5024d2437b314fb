package io.adversight.metric.distance;

import io.adversight.image.Raster;

/** How far two images or maps are apart: 0 for equal ones, never negative, never NaN. */
@FunctionalInterface
public interface ImageDistance {
  /** The distance of two images; symmetric. */
  double distance(Raster a, Raster b);
}
