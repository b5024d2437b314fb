package io.adversight.metric.statistic;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Plane;
import io.adversight.image.Raster;

/**
 * Whether the map's maximum points at the object: 1 if it lies within a distance of the mask, else
 * 0. Of equal maxima the share that hits is given; a flat map points nowhere and scores 0.
 *
 * @param tolerance largest distance from the object that still counts, in pixels of the mask
 */
@Doc("Pointing game")
@Paper("zhang2018")
public record PointingGame(@Doc("tolerance in pixels") int tolerance) implements MaskScore {
  /** Fifteen pixels, as in the paper. */
  public PointingGame() {
    this(15);
  }

  /** Checks the tolerance. */
  public PointingGame {
    Check.atLeast(0, tolerance, "tolerance");
  }

  @Override
  public double score(Raster map, Raster mask) {
    Plane fitted = Plane.mean(map).resize(mask.height(), mask.width());
    double max = fitted.max();
    if (fitted.min() == max) {
      return 0;
    }
    int hits = 0;
    int maxima = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (fitted.at(y, x) == max) {
          maxima++;
          hits += isNear(mask, y, x) ? 1 : 0;
        }
      }
    }
    return (double) hits / maxima;
  }

  private boolean isNear(Raster mask, int row, int column) {
    for (int y = Math.max(0, row - tolerance);
        y <= Math.min(mask.height() - 1, row + tolerance);
        y++) {
      for (int x = Math.max(0, column - tolerance);
          x <= Math.min(mask.width() - 1, column + tolerance);
          x++) {
        int dy = y - row;
        int dx = x - column;
        if (dy * dy + dx * dx <= tolerance * tolerance && mask.at(0, y, x) > 0.5) {
          return true;
        }
      }
    }
    return false;
  }
}
