package io.adversight.metric.difference;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;
import io.adversight.metric.PositiveMass;

/**
 * Log-ratio difference of two saliency maps, log((after + d) / (before + d)) with d a fraction of
 * the larger maximum of the two. Saliency is not negative: several channels are averaged, negative
 * values cut to zero. Two empty maps give zeros.
 *
 * @param floor d as a fraction of the maximum
 */
@Doc("Log-ratio difference")
public record LogRatioDifference(@Doc("floor as a fraction of the maximum") double floor)
    implements MapDifference {
  /** A floor of one thousandth. */
  public LogRatioDifference() {
    this(0.001);
  }

  /** Checks the floor. */
  public LogRatioDifference {
    Check.positive(floor, "floor");
    Check.finite(floor, "floor");
  }

  @Override
  public Raster difference(Raster before, Raster after) {
    AlignedMaps maps = AlignedMaps.of(before, after);
    double largest =
        Math.max(PositiveMass.of(maps.first()).max(), PositiveMass.of(maps.second()).max());
    double d = floor * largest;
    return Differences.between(
        before,
        after,
        (b, a) -> largest == 0 ? 0 : Math.log((Math.max(0, a) + d) / (Math.max(0, b) + d)));
  }
}
