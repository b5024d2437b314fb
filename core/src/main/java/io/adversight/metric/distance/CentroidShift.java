package io.adversight.metric.distance;

import io.adversight.describe.Doc;
import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;
import io.adversight.metric.Centroid;

/** The distance between the centroids of two maps' positive mass, in pixels of the common size. */
@Doc("Shift of the centroid, pixels")
public record CentroidShift() implements ImageDistance {
  @Override
  public double distance(Raster a, Raster b) {
    AlignedMaps maps = AlignedMaps.of(a, b);
    Centroid first = Centroid.of(maps.first());
    Centroid second = Centroid.of(maps.second());
    return Math.hypot(first.x() - second.x(), first.y() - second.y());
  }
}
