package io.adversight.saliency;

import io.adversight.image.Plane;
import io.adversight.image.SeparableFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * Gaussian pyramids: every level is the one below, smoothed and halved (rounded up). Pixels are
 * sampled at half-pixel centres rather than every other one dropped, so that a mirrored image has
 * mirrored levels.
 */
final class Pyramid {
  private Pyramid() {}

  /** Levels 0 (the plane itself) to {@code top}. */
  static List<Plane> of(Plane plane, int top) {
    List<Plane> levels = new ArrayList<>();
    levels.add(plane);
    while (levels.size() <= top) {
      levels.add(halved(levels.get(levels.size() - 1)));
    }
    return levels;
  }

  /** The plane with its longer side at {@code longer} pixels, smoothed before it shrinks. */
  static Plane fitted(Plane plane, int longer) {
    Plane fitted = plane;
    while (Math.max(fitted.height(), fitted.width()) >= 2 * longer) {
      fitted = halved(fitted);
    }
    double scale = (double) longer / Math.max(plane.height(), plane.width());
    return fitted.resize(scaled(plane.height(), scale), scaled(plane.width(), scale));
  }

  private static int scaled(int size, double scale) {
    return Math.max(1, (int) Math.rint(size * scale));
  }

  private static Plane halved(Plane plane) {
    return SeparableFilter.binomial(plane)
        .resize((plane.height() + 1) / 2, (plane.width() + 1) / 2);
  }
}
