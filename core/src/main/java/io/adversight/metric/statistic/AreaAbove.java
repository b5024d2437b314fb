package io.adversight.metric.statistic;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.image.Raster;
import io.adversight.metric.PositiveMass;
import java.util.Arrays;

/**
 * The share of positions whose value is at least a fraction of the map's maximum; 0 for a map
 * without positive values. Several channels are averaged first.
 *
 * @param fraction of the maximum
 */
@Doc("Area above a fraction of the maximum")
public record AreaAbove(@Doc("fraction of the maximum") double fraction) implements MapStatistic {
  /** Half of the maximum. */
  public AreaAbove() {
    this(0.5);
  }

  /** Checks the fraction. */
  public AreaAbove {
    Check.positive(fraction, "fraction");
    Check.within(0.0, 1.0, fraction, "fraction");
  }

  @Override
  public double of(Raster map) {
    double[] mass = PositiveMass.of(map).toArray();
    double max = Arrays.stream(mass).max().orElse(0);
    if (max == 0) {
      return 0;
    }
    double threshold = fraction * max;
    return (double) Arrays.stream(mass).filter(value -> value >= threshold).count() / mass.length;
  }
}
