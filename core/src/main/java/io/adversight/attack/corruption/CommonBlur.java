package io.adversight.attack.corruption;

import io.adversight.image.Raster;
import java.util.SplittableRandom;

/** The blurs of ImageNet-C (Hendrycks and Dietterich 2019). */
final class CommonBlur {
  private static final double[] DISK = {3, 4, 6, 8, 10};
  private static final double[] SMOOTH = {0.1, 0.5, 0.5, 0.5, 0.5};
  private static final double[] GLASS = {0.7, 0.9, 1, 1.1, 1.5};
  private static final int[] REACH = {1, 2, 2, 3, 4};
  private static final int[] TIMES = {2, 1, 3, 2, 2};
  private static final double[] RADIUS = {10, 15, 15, 15, 20};
  private static final double[] DEVIATION = {3, 5, 8, 12, 15};
  private static final double[] ZOOM = {1.11, 1.16, 1.21, 1.26, 1.31};
  private static final double[] STEP = {0.01, 0.01, 0.02, 0.02, 0.03};

  /** Points along a side of a pixel at which the area of the disk is measured. */
  private static final int POINTS = 8;

  private CommonBlur() {}

  /** A lens that is out of focus: the mean over a disk, measured by the area of each pixel. */
  static Raster defocus(Raster image, int s) {
    double radius = PixelLengths.of(DISK[s], image);
    int reach = (int) Math.ceil(radius + 0.5);
    double[][] area = new double[2 * reach + 1][2 * reach + 1];
    double sum = 0;
    for (int y = -reach; y <= reach; y++) {
      for (int x = -reach; x <= reach; x++) {
        area[y + reach][x + reach] = area(y, x, radius);
        sum += area[y + reach][x + reach];
      }
    }
    double total = sum;
    Raster disk =
        Raster.generate(
            image.channels(),
            image.height(),
            image.width(),
            (c, row, column) -> {
              double value = 0;
              for (int y = -reach; y <= reach; y++) {
                for (int x = -reach; x <= reach; x++) {
                  value +=
                      area[y + reach][x + reach] * PixelLengths.at(image, c, row + y, column + x);
                }
              }
              return value / total;
            });
    return PixelLengths.blurred(disk, PixelLengths.of(SMOOTH[s], image));
  }

  private static double area(int y, int x, double radius) {
    int inside = 0;
    for (int row = 0; row < POINTS; row++) {
      for (int column = 0; column < POINTS; column++) {
        double down = y - 0.5 + (row + 0.5) / POINTS;
        double across = x - 0.5 + (column + 0.5) / POINTS;
        inside += down * down + across * across <= radius * radius ? 1 : 0;
      }
    }
    return y == 0 && x == 0 ? Math.max(1, inside) : inside; // a disk between the points
  }

  /**
   * Frosted glass: neighbouring pixels change places between two blurs. Where the reach is less
   * than a pixel, that share of the pixels does.
   */
  static Raster glass(Raster image, int s, SplittableRandom random) {
    double deviation = PixelLengths.of(GLASS[s], image);
    double length = PixelLengths.of(REACH[s], image);
    int reach = (int) Math.max(1, Math.rint(length));
    double moving = Math.min(1, length / reach);
    Raster blurred = PixelLengths.blurred(image, deviation);
    int height = image.height();
    int width = image.width();
    float[] values = blurred.toArray();
    for (int time = 0; time < TIMES[s]; time++) {
      for (int y = height - 1 - reach; y >= reach; y--) {
        for (int x = width - 1 - reach; x >= reach; x--) {
          if (random.nextDouble() >= moving) {
            continue;
          }
          int from = y * width + x;
          int to =
              (y + random.nextInt(-reach, reach + 1)) * width
                  + x
                  + random.nextInt(-reach, reach + 1);
          for (int c = 0; c < image.channels(); c++) {
            int plane = c * height * width;
            float value = values[plane + from];
            values[plane + from] = values[plane + to];
            values[plane + to] = value;
          }
        }
      }
    }
    return PixelLengths.blurred(Raster.of(image.channels(), height, width, values), deviation);
  }

  /** A camera that moves, up to 45 degrees from the horizontal. */
  static Raster motion(Raster image, int s, SplittableRandom random) {
    double angle = Math.toRadians(random.nextDouble(-45, 45));
    return PixelLengths.moved(image, RADIUS[s], DEVIATION[s], angle);
  }

  /** A camera that approaches: the mean of growing enlargements and the image. */
  static Raster zoom(Raster image, int s) {
    double down = (image.height() - 1) / 2.0;
    double across = (image.width() - 1) / 2.0;
    return Raster.generate(
        image.channels(),
        image.height(),
        image.width(),
        (c, y, x) -> {
          double sum = image.at(c, y, x);
          int count = 1;
          for (double zoom = 1; zoom < ZOOM[s] - 1e-9; zoom += STEP[s]) {
            sum +=
                PixelLengths.at(image, c, down + (y - down) / zoom, across + (x - across) / zoom);
            count++;
          }
          return sum / count;
        });
  }
}
