package io.adversight.metric;

import io.adversight.image.Plane;
import io.adversight.image.Raster;

/**
 * Two maps brought to the same channels and size, the one way every comparison here uses:
 *
 * <ol>
 *   <li>If they have different numbers of channels, each becomes its mean over channels (signs
 *       kept; a map repeated in several channels comes back as itself). Equal numbers are kept and
 *       compared channel by channel.
 *   <li>If they have different sizes, both are resized to the larger height and the larger width,
 *       bilinearly with half-pixel centres.
 * </ol>
 *
 * @param first the first map
 * @param second the second, of the same channels, height and width
 */
public record AlignedMaps(Raster first, Raster second) {
  /** Accepts maps that already agree. */
  public AlignedMaps {
    SameShape.require(first, second);
  }

  /** Brings two maps together; maps that already agree stay as they are. */
  public static AlignedMaps of(Raster a, Raster b) {
    boolean mean = a.channels() != b.channels();
    int height = Math.max(a.height(), b.height());
    int width = Math.max(a.width(), b.width());
    return new AlignedMaps(fit(a, mean, height, width), fit(b, mean, height, width));
  }

  private static Raster fit(Raster map, boolean mean, int height, int width) {
    if (mean && map.channels() > 1) {
      return Plane.mean(map).resize(height, width).toRaster();
    }
    return resized(map, height, width);
  }

  private static Raster resized(Raster map, int height, int width) {
    if (map.height() == height && map.width() == width) {
      return map;
    }
    Plane[] planes = new Plane[map.channels()];
    for (int c = 0; c < planes.length; c++) {
      planes[c] = Plane.channel(map, c).resize(height, width);
    }
    return Raster.generate(planes.length, height, width, (c, y, x) -> planes[c].at(y, x));
  }

  /** The values of the first map, channel after channel. */
  public double[] firstValues() {
    return values(first);
  }

  /** The values of the second map, channel after channel. */
  public double[] secondValues() {
    return values(second);
  }

  /**
   * All values of a map, channel after channel, row after row.
   *
   * @throws IllegalArgumentException if one is not finite
   */
  public static double[] values(Raster raster) {
    float[] floats = raster.toArray();
    double[] values = new double[floats.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = floats[i];
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "images and maps must be finite, but value %s is %s".formatted(i, values[i]));
      }
    }
    return values;
  }
}
