package io.adversight.attack.corruption;

import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The digital corruptions of ImageNet-C (Hendrycks and Dietterich 2019), and rotations and
 * translations up to those of Engstrom et al. (2019).
 */
final class CommonDigital {
  private static final double[] CONTRAST = {0.4, 0.3, 0.2, 0.1, 0.05};
  private static final double[] ALPHA = {488, 488, 12.2, 17.08, 29.28};
  private static final double[] DEVIATION = {170.8, 19.52, 2.44, 2.44, 2.44};
  private static final double[] AFFINE = {24.4, 48.8, 4.88, 4.88, 4.88};

  /** The side of ImageNet-C's images before they are cut to 224, by which elastic is given. */
  private static final double ELASTIC_SIDE = 244;

  private static final double[] PIXELS = {0.6, 0.5, 0.4, 0.3, 0.25};
  private static final double[] QUALITY = {25, 18, 15, 10, 7};
  private static final double DEGREES = 6;
  private static final double SHIFT = 0.02;

  private CommonDigital() {}

  private static Raster generate(Raster image, Raster.Values values) {
    return Raster.generate(image.channels(), image.height(), image.width(), values);
  }

  /** Towards the mean of each channel. */
  static Raster contrast(Raster image, int s) {
    double[] means = new double[image.channels()];
    for (int c = 0; c < means.length; c++) {
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          means[c] += image.at(c, y, x) / (image.height() * (double) image.width());
        }
      }
    }
    return generate(image, (c, y, x) -> (image.at(c, y, x) - means[c]) * CONTRAST[s] + means[c]);
  }

  /** A random affine map, then a random smooth one (Simard et al. 2003). */
  static Raster elastic(Raster image, int s, SplittableRandom random) {
    double scale = Math.max(image.height(), image.width()) / ELASTIC_SIDE;
    double[] jitter = new double[6];
    for (int i = 0; i < jitter.length; i++) {
      jitter[i] = AFFINE[s] * scale * (2 * random.nextDouble() - 1);
    }
    Raster affine = affine(image, jitter);
    Raster down = smooth(image, s, scale, random);
    Raster across = smooth(image, s, scale, random);
    return generate(
        image,
        (c, y, x) -> PixelLengths.at(affine, c, y + down.at(0, y, x), x + across.at(0, y, x)));
  }

  /** The map that moves three corners of a middle square by some pixels each, inverted. */
  private static Raster affine(Raster image, double[] jitter) {
    double side = Math.max(1, 2 * (Math.min(image.height(), image.width()) / 3));
    double middleY = (image.height() - 1) / 2.0;
    double middleX = (image.width() - 1) / 2.0;
    double xx = (jitter[0] - jitter[2]) / side;
    double xy = (jitter[0] - jitter[4]) / side;
    double yx = (jitter[1] - jitter[3]) / side;
    double yy = (jitter[1] - jitter[5]) / side;
    return generate(
        image,
        (c, y, x) -> {
          double v = y - middleY;
          double u = x - middleX;
          return PixelLengths.at(
              image,
              c,
              middleY + v + yx * u + yy * v + jitter[1] / 3,
              middleX + u + xx * u + xy * v + jitter[0] / 3);
        });
  }

  private static Raster smooth(Raster image, int s, double scale, SplittableRandom random) {
    Raster noise =
        Raster.generate(1, image.height(), image.width(), (c, y, x) -> 2 * random.nextDouble() - 1);
    Raster field = PixelLengths.blurred(noise, DEVIATION[s] * scale);
    return Raster.generate(
        1, image.height(), image.width(), (c, y, x) -> ALPHA[s] * scale * field.at(0, y, x));
  }

  /** Fewer pixels, each the mean of what it covers. */
  static Raster pixelate(Raster image, int s) {
    int rows = Math.max(1, (int) (image.height() * PIXELS[s]));
    int columns = Math.max(1, (int) (image.width() * PIXELS[s]));
    return generate(
        image,
        (c, y, x) -> {
          int row = y * rows / image.height();
          int column = x * columns / image.width();
          return mean(
              image,
              c,
              new double[] {
                (double) row * image.height() / rows,
                (row + 1.0) * image.height() / rows,
                (double) column * image.width() / columns,
                (column + 1.0) * image.width() / columns
              });
        });
  }

  /** The mean over a rectangle: top, bottom, left, right. */
  private static double mean(Raster image, int c, double[] box) {
    double sum = 0;
    double total = 0;
    for (int y = (int) box[0]; y < Math.min(image.height(), Math.ceil(box[1])); y++) {
      double down = Math.min(box[1], y + 1.0) - Math.max(box[0], y);
      for (int x = (int) box[2]; x < Math.min(image.width(), Math.ceil(box[3])); x++) {
        double area = down * (Math.min(box[3], x + 1.0) - Math.max(box[2], x));
        sum += area * image.at(c, y, x);
        total += area;
      }
    }
    return sum / total;
  }

  static Raster jpeg(Raster image, int s) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      return Batches.rasters(
              new JpegCompression(QUALITY[s], QUALITY[s]).of(Batches.of(List.of(image)), Run.of(1)))
          .get(0);
    }
  }

  /** By 6 degrees for each severity, to either side; outside the image is black. */
  static Raster rotation(Raster image, int s, SplittableRandom random) {
    double angle = Math.toRadians((s + 1) * DEGREES) * (random.nextBoolean() ? 1 : -1);
    double down = (image.height() - 1) / 2.0;
    double across = (image.width() - 1) / 2.0;
    return generate(
        image,
        (c, y, x) -> {
          double v = y - down;
          double u = x - across;
          return PixelLengths.inside(
              image,
              c,
              down + Math.cos(angle) * v - Math.sin(angle) * u,
              across + Math.sin(angle) * v + Math.cos(angle) * u);
        });
  }

  /** By 2 % of the side for each severity, in any direction; outside the image is black. */
  static Raster translation(Raster image, int s, SplittableRandom random) {
    double angle = 2 * Math.PI * random.nextDouble();
    double length = (s + 1) * SHIFT * Math.max(image.height(), image.width());
    double down = length * Math.sin(angle);
    double across = length * Math.cos(angle);
    return generate(image, (c, y, x) -> PixelLengths.inside(image, c, y + down, x + across));
  }
}
