package io.adversight.saliency;

import io.adversight.image.Plane;
import io.adversight.image.SeparableFilter;

/**
 * Strength of edges and lines of one orientation: the absolute responses of two Gabor filters, even
 * and odd, added (Walther and Koch 2006: 19 x 19 pixels, period 7, standard deviation 7/3). The
 * even one is made to sum to zero, so that an even image has no response.
 */
final class Gabor {
  private static final int RADIUS = 9;
  private static final int SIDE = 2 * RADIUS + 1;
  private static final double PERIOD = 7;
  private static final double SIGMA = PERIOD / 3;

  private final double[] even = new double[SIDE * SIDE];
  private final double[] odd = new double[SIDE * SIDE];

  /** Filters whose waves run at {@code degrees} from the rows. */
  Gabor(double degrees) {
    double right = Math.cos(Math.toRadians(degrees));
    double down = Math.sin(Math.toRadians(degrees));
    double evenSum = 0;
    double weightSum = 0;
    double[] weight = new double[even.length];
    for (int i = 0; i < even.length; i++) {
      int y = i / SIDE - RADIUS;
      int x = i % SIDE - RADIUS;
      double phase = 2 * Math.PI * (x * right + y * down) / PERIOD;
      weight[i] = Math.exp(-(x * x + y * y) / (2 * SIGMA * SIGMA));
      even[i] = weight[i] * Math.cos(phase);
      odd[i] = weight[i] * Math.sin(phase);
      evenSum += even[i];
      weightSum += weight[i];
    }
    for (int i = 0; i < even.length; i++) {
      even[i] = (even[i] - weight[i] * evenSum / weightSum) / weightSum;
      odd[i] /= weightSum;
    }
  }

  Plane response(Plane plane) {
    int height = plane.height();
    int width = plane.width();
    int paddedWidth = width + 2 * RADIUS;
    double[] padded =
        Plane.generate(
                height + 2 * RADIUS,
                paddedWidth,
                (y, x) ->
                    plane.at(
                        SeparableFilter.inside(y - RADIUS, height),
                        SeparableFilter.inside(x - RADIUS, width)))
            .toArray();
    return Plane.generate(
        height,
        width,
        (y, x) -> {
          double evenSum = 0;
          double oddSum = 0;
          for (int row = 0; row < SIDE; row++) {
            int start = (y + row) * paddedWidth + x;
            for (int column = 0; column < SIDE; column++) {
              double value = padded[start + column];
              evenSum += even[row * SIDE + column] * value;
              oddSum += odd[row * SIDE + column] * value;
            }
          }
          double response = Math.abs(evenSum) + Math.abs(oddSum);
          return response < 1e-12 ? 0 : response;
        });
  }
}
