package io.adversight.metric.similarity;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;
import io.adversight.metric.distance.MeanSquaredError;

/**
 * Peak signal-to-noise ratio in decibels, 10 log10(range^2 / mean squared error); infinite for
 * equal images.
 *
 * @param range the largest value an image can hold minus the smallest
 */
@Doc("Peak signal-to-noise ratio, dB")
public record Psnr(@Doc("largest possible value minus smallest") double range)
    implements MapSimilarity {
  /** For images in [0, 1]. */
  public Psnr() {
    this(1);
  }

  /** Checks the range. */
  public Psnr {
    Check.positive(range, "range");
    Check.finite(range, "range");
  }

  @Override
  public double similarity(Raster a, Raster b) {
    AlignedMaps maps = AlignedMaps.of(a, b);
    double error = new MeanSquaredError().distance(maps.first(), maps.second());
    return 10 * Math.log10(range * range / error);
  }
}
