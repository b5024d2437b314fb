package io.adversight.metric;

import io.adversight.image.Plane;

/** The two 16 x 16 maps that recorded values of the metrics belong to. */
public final class ReferenceMaps {
  private ReferenceMaps() {}

  public static final Plane A =
      Plane.generate(16, 16, (y, x) -> ((37 * (16 * y + x) + 11) % 101) / 100.0);
  public static final Plane B =
      Plane.generate(
          16, 16, (y, x) -> Math.max(0, Math.min(1, A.at(y, x) + 0.1 * Math.sin(16 * y + x))));
}
