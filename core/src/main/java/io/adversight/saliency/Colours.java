package io.adversight.saliency;

import io.adversight.image.Plane;
import io.adversight.image.Raster;
import io.adversight.input.InputException;

/** The colour planes of an image, of one size. */
record Colours(Plane red, Plane green, Plane blue) {
  /** An image with its longer side resized to {@code longer} pixels. */
  static Colours of(Raster image, int longer) {
    if (image.channels() != 1 && image.channels() != 3) {
      throw new InputException(
          "an image of one channel (grey) or three (RGB) is needed, but %s was given"
              .formatted(image));
    }
    Plane red = Pyramid.fitted(Plane.channel(image, 0), longer);
    if (image.channels() == 1) {
      return new Colours(red, red, red);
    }
    return new Colours(
        red,
        Pyramid.fitted(Plane.channel(image, 1), longer),
        Pyramid.fitted(Plane.channel(image, 2), longer));
  }

  /** A number made of one pixel's colour. */
  @FunctionalInterface
  interface Mixture {
    double of(double red, double green, double blue);
  }

  Plane mixed(Mixture mixture) {
    return Plane.generate(
        red.height(),
        red.width(),
        (y, x) -> mixture.of(red.at(y, x), green.at(y, x), blue.at(y, x)));
  }

  Plane intensity() {
    return mixed((r, g, b) -> (r + g + b) / 3);
  }
}
