package io.adversight.attack.corruption;

import io.adversight.image.Raster;
import java.util.SplittableRandom;

/** The noises of ImageNet-C (Hendrycks and Dietterich 2019). */
final class CommonNoise {
  private static final double[] DEVIATION = {0.08, 0.12, 0.18, 0.26, 0.38};
  private static final double[] PHOTONS = {60, 25, 12, 5, 3};
  private static final double[] SHARE = {0.03, 0.06, 0.09, 0.17, 0.27};

  private CommonNoise() {}

  private static Raster perValue(Raster image, Raster.Values values) {
    return Raster.generate(image.channels(), image.height(), image.width(), values);
  }

  static Raster gaussian(Raster image, int s, SplittableRandom random) {
    return perValue(image, (c, y, x) -> image.at(c, y, x) + DEVIATION[s] * random.nextGaussian());
  }

  /** Photons counted by a sensor, which follow a Poisson distribution. */
  static Raster shot(Raster image, int s, SplittableRandom random) {
    return perValue(
        image, (c, y, x) -> poisson(PHOTONS[s] * image.at(c, y, x), random) / PHOTONS[s]);
  }

  /** A draw by multiplication (Knuth), for means of at most 60. */
  private static double poisson(double mean, SplittableRandom random) {
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  /** Values that are 0 or 1. */
  static Raster impulse(Raster image, int s, SplittableRandom random) {
    return perValue(
        image,
        (c, y, x) -> {
          double draw = random.nextDouble();
          return draw < SHARE[s] ? (draw < SHARE[s] / 2 ? 0 : 1) : image.at(c, y, x);
        });
  }
}
