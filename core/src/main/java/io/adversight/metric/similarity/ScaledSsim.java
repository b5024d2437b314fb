package io.adversight.metric.similarity;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;

/**
 * Mean SSIM of two maps after each has been scaled to [0, 1] by its own smallest and largest value,
 * with range 1: a comparison of shapes that does not depend on the maps' units. A constant map
 * becomes zeros.
 *
 * @param window the weights under which local statistics are taken
 */
@Doc("SSIM of maps scaled to [0, 1]")
@Paper("wang2004")
public record ScaledSsim(@Doc("window of the local statistics") SsimWindow window)
    implements MapSimilarity {
  /** The 7 x 7 window with equal weights. */
  public ScaledSsim() {
    this(SsimWindow.UNIFORM);
  }

  @Override
  public double similarity(Raster a, Raster b) {
    AlignedMaps maps = AlignedMaps.of(a, b);
    return new Ssim(window, 1).similarity(scaled(maps.first()), scaled(maps.second()));
  }

  private static Raster scaled(Raster map) {
    double min = map.min();
    double range = map.max() - min;
    return Raster.generate(
        map.channels(),
        map.height(),
        map.width(),
        (c, y, x) -> range == 0 ? 0 : (map.at(c, y, x) - min) / range);
  }
}
