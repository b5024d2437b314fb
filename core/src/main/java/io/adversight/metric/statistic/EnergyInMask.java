package io.adversight.metric.statistic;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Plane;
import io.adversight.image.Raster;

/**
 * The share of a map's positive mass that lies on the object ("energy-based pointing game"); 0 for
 * a map without positive values.
 */
@Doc("Share of the map on the object")
@Paper("wang2020")
public record EnergyInMask() implements MaskScore {
  @Override
  public double score(Raster map, Raster mask) {
    Plane fitted = Plane.mean(map).resize(mask.height(), mask.width());
    double inside = 0;
    double total = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        double value = Math.max(0, fitted.at(y, x));
        total += value;
        inside += mask.at(0, y, x) > 0.5 ? value : 0;
      }
    }
    return total == 0 ? 0 : Math.min(1, inside / total);
  }
}
