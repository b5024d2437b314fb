package io.adversight.metric.statistic;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;
import io.adversight.metric.numeric.Ranks;

/**
 * The share of a map's energy (squared values, summed over channels) that its strongest pixels
 * hold: equal to their share for a flat map, 1 for a single spot, 0 for a map of zeros.
 *
 * @param share the strongest pixels as a share of all, at least one pixel
 */
@Doc("Energy in the strongest pixels")
public record EnergyConcentration(@Doc("share of pixels") double share) implements MapStatistic {
  /** The strongest tenth. */
  public EnergyConcentration() {
    this(0.1);
  }

  /** Checks the share. */
  public EnergyConcentration {
    Check.positive(share, "share");
    Check.within(0.0, 1.0, share, "share");
  }

  @Override
  public double of(Raster map) {
    double[] values = AlignedMaps.values(map);
    double[] energy = new double[map.height() * map.width()];
    double total = 0;
    for (int i = 0; i < values.length; i++) {
      double square = values[i] * values[i];
      energy[i % energy.length] += square;
      total += square;
    }
    if (total == 0) {
      return 0;
    }
    boolean[] strongest =
        Ranks.largest(energy, Math.max(1, (int) Math.rint(share * energy.length)));
    double kept = 0;
    for (int i = 0; i < energy.length; i++) {
      kept += strongest[i] ? energy[i] : 0;
    }
    return Math.min(1, kept / total);
  }
}
