package io.adversight.defense;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.image.Raster;

/**
 * Blurs with a Gaussian, borders reflected.
 *
 * @param deviation standard deviation in pixels
 */
@Doc("Gaussian blur")
public record GaussianSmoothing(@Doc("standard deviation in pixels") double deviation)
    implements Defense {
  /** A deviation of one pixel. */
  public GaussianSmoothing() {
    this(1);
  }

  public GaussianSmoothing {
    Check.within(0.1, 20, deviation, "deviation");
  }

  @Override
  public Raster of(Raster image) {
    int radius = (int) Math.ceil(4 * deviation);
    double[] weights = new double[2 * radius + 1];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double z = (i - radius) / deviation;
      weights[i] = Math.exp(-z * z / 2);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return along(along(image, weights, 1, 0), weights, 0, 1);
  }

  private static Raster along(Raster image, double[] weights, int down, int right) {
    int radius = weights.length / 2;
    return Raster.generate(
        image.channels(),
        image.height(),
        image.width(),
        (c, y, x) -> {
          double sum = 0;
          for (int i = -radius; i <= radius; i++) {
            sum +=
                weights[i + radius]
                    * image.at(
                        c,
                        Borders.reflected(y + i * down, image.height()),
                        Borders.reflected(x + i * right, image.width()));
          }
          return sum;
        });
  }
}
