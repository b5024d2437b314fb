package io.adversight.metric;

import io.adversight.image.Plane;
import io.adversight.image.Raster;

/**
 * The centre of a map's positive mass, in pixels from the centre of the first pixel. A map without
 * positive values has its centre in the middle of the image.
 *
 * @param x the column
 * @param y the row
 */
public record Centroid(double x, double y) {
  /** The centroid of a map; several channels are averaged, negative values cut to zero. */
  public static Centroid of(Raster map) {
    Plane mass = PositiveMass.distribution(map);
    double sumX = 0;
    double sumY = 0;
    for (int row = 0; row < mass.height(); row++) {
      for (int column = 0; column < mass.width(); column++) {
        sumX += column * mass.at(row, column);
        sumY += row * mass.at(row, column);
      }
    }
    return new Centroid(sumX, sumY);
  }
}
