package io.adversight.metric.distance;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Plane;
import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;
import io.adversight.metric.PositiveMass;
import java.util.Arrays;

/**
 * How far a map's mass moved across the image: sliced Wasserstein-1 distance of the positions, in
 * pixels of the common size.
 *
 * <p>Each map is averaged over channels, negative values are cut to zero, and the rest is divided
 * by its sum (a map without positive values counts as uniform). For every direction (cos t, sin t),
 * t = pi k / n, the mass is projected onto the line; there the distance is the integral of |F - G|
 * of the two cumulative distributions. The result is the mean over directions, divided by the mean
 * of |cos t|, so that a shift by d pixels costs about d (exactly d as n grows).
 *
 * @param directions the number n of lines
 */
@Doc("Wasserstein distance of the positions (sliced), pixels")
@Paper("bonneel2015")
public record SlicedWasserstein(@Doc("number of directions") int directions)
    implements ImageDistance {
  /** Sixteen directions. */
  public SlicedWasserstein() {
    this(16);
  }

  /** Checks the number of directions. */
  public SlicedWasserstein {
    Check.atLeast(2, directions, "directions");
  }

  @Override
  public double distance(Raster a, Raster b) {
    AlignedMaps maps = AlignedMaps.of(a, b);
    Check.within(
        1, 1 << 24, (long) maps.first().height() * maps.first().width(), "the number of pixels");
    Plane first = PositiveMass.distribution(maps.first());
    Plane second = PositiveMass.distribution(maps.second());
    double sum = 0;
    double shift = 0;
    for (int k = 0; k < directions; k++) {
      double angle = Math.PI * k / directions;
      sum += alongLine(first, second, Math.cos(angle), Math.sin(angle));
      shift += Math.abs(Math.cos(angle));
    }
    return sum / shift;
  }

  /**
   * Both maps have mass at the same positions, so one sorted pass over the difference is enough.
   */
  private static double alongLine(Plane first, Plane second, double right, double down) {
    double[] excess = first.toArray();
    double[] other = second.toArray();
    int live = 0;
    // Positions to 2^-20 of a pixel in the upper bits, indices in the lower: one primitive sort.
    long[] keys = new long[excess.length];
    for (int i = 0; i < excess.length; i++) {
      excess[i] -= other[i];
      if (excess[i] != 0) {
        int row = i / first.width();
        int column = i % first.width();
        double position = column * right + row * down;
        keys[live++] = ((long) Math.rint(position * (1 << 20)) << 24) + i;
      }
    }
    Arrays.sort(keys, 0, live);
    double distance = 0;
    double cumulative = 0;
    for (int k = 0; k + 1 < live; k++) {
      cumulative += excess[(int) (keys[k] & 0xffffff)];
      distance += Math.abs(cumulative) * ((keys[k + 1] >> 24) - (keys[k] >> 24));
    }
    return distance / (1 << 20);
  }
}
