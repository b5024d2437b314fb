package io.adversight.metric;

import io.adversight.image.Plane;
import io.adversight.image.Raster;

/** A map read as mass on the image: mean over channels, negative values cut to zero. */
public final class PositiveMass {
  private PositiveMass() {}

  /** The mass of a map (C, H, W), (H, W): max(0, mean over channels), not normalised. */
  public static Plane of(Raster map) {
    return Plane.mean(map).map(value -> Math.max(0, value));
  }

  /** Mass of sum 1; uniform where a map has no positive value. */
  public static Plane distribution(Raster map) {
    Plane mass = of(map);
    double largest = mass.max();
    if (largest == 0) {
      double uniform = 1.0 / ((double) mass.height() * mass.width());
      return mass.map(value -> uniform);
    }
    double sum = 0;
    for (double value : mass.toArray()) {
      sum += value / largest;
    }
    double total = sum;
    return mass.map(value -> value / largest / total);
  }
}
