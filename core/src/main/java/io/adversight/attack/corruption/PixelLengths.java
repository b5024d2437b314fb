package io.adversight.attack.corruption;

import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.tensor.Blur;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import java.util.List;

/** Lengths of ImageNet-C in images of other sizes, and values between pixels. */
final class PixelLengths {
  /** The side of the images of ImageNet-C. */
  private static final double SIDE = 224;

  private PixelLengths() {}

  /** A length in images of 224 pixels a side as one of this image. */
  static double of(double length, Raster image) {
    return length * Math.max(image.height(), image.width()) / SIDE;
  }

  /** The value at a place between pixels, bilinearly; the border is repeated outwards. */
  static double at(Raster image, int c, double y, double x) {
    double row = Math.min(Math.max(y, 0), image.height() - 1.0);
    double column = Math.min(Math.max(x, 0), image.width() - 1.0);
    int top = (int) row;
    int left = (int) column;
    int bottom = Math.min(top + 1, image.height() - 1);
    int right = Math.min(left + 1, image.width() - 1);
    double down = row - top;
    double across = column - left;
    return (1 - down) * ((1 - across) * image.at(c, top, left) + across * image.at(c, top, right))
        + down * ((1 - across) * image.at(c, bottom, left) + across * image.at(c, bottom, right));
  }

  /** The same, 0 outside the image. */
  static double inside(Raster image, int c, double y, double x) {
    boolean out = y < -0.5 || x < -0.5 || y > image.height() - 0.5 || x > image.width() - 0.5;
    return out ? 0 : at(image, c, y, x);
  }

  /** An image blurred by a Gaussian with a standard deviation in its own pixels. */
  static Raster blurred(Raster image, double deviation) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      return Batches.rasters(Blur.gaussian(Batches.of(List.of(image)), deviation)).get(0);
    }
  }

  /** Weighted mean of points along a line from each pixel, as a moving camera sees it. */
  static Raster moved(Raster image, double radius, double deviation, double angle) {
    int steps = (int) Math.ceil(2 * radius);
    double[] weights = new double[steps + 1];
    double sum = 0;
    for (int k = 0; k <= steps; k++) {
      weights[k] = Math.exp(-0.5 * (k / deviation) * (k / deviation));
      sum += weights[k];
    }
    double total = sum;
    double down = of(1, image) * Math.sin(angle);
    double across = of(1, image) * Math.cos(angle);
    return Raster.generate(
        image.channels(),
        image.height(),
        image.width(),
        (c, y, x) -> {
          double value = 0;
          for (int k = 0; k <= steps; k++) {
            value += weights[k] * at(image, c, y + k * down, x + k * across);
          }
          return value / total;
        });
  }
}
