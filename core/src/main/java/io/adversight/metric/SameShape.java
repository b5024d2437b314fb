package io.adversight.metric;

import io.adversight.image.Raster;

/** The check that two images can be compared pixel by pixel. */
public final class SameShape {
  private SameShape() {}

  /**
   * Refuses images of different channels, heights or widths.
   *
   * @throws IllegalArgumentException naming both shapes
   */
  public static void require(Raster a, Raster b) {
    if (a.channels() != b.channels() || a.height() != b.height() || a.width() != b.width()) {
      throw new IllegalArgumentException(
          "images of one shape are needed, but %s and %s were given; resize one first"
              .formatted(a, b));
    }
  }

  /**
   * Refuses arrays that are empty or of different lengths.
   *
   * @throws IllegalArgumentException naming both lengths
   */
  public static void require(double[] a, double[] b) {
    if (a.length != b.length || a.length == 0) {
      throw new IllegalArgumentException(
          "two equally long, non-empty arrays are needed, but the lengths are %s and %s"
              .formatted(a.length, b.length));
    }
  }
}
