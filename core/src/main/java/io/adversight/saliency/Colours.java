package io.adversight.saliency;

import io.adversight.image.Plane;
import io.adversight.image.Raster;
import io.adversight.input.InputException;

/** The colour planes of a picture, of one size. */
record Colours(Plane red, Plane green, Plane blue) {
  /** A picture with its longer side resized to {@code longer} pixels. */
  static Colours of(Raster picture, int longer) {
    if (picture.channels() != 1 && picture.channels() != 3) {
      throw new InputException(
          "a picture of one channel (grey) or three (RGB) is needed, but %s was given"
              .formatted(picture));
    }
    Plane red = Pyramid.fitted(Plane.channel(picture, 0), longer);
    if (picture.channels() == 1) {
      return new Colours(red, red, red);
    }
    return new Colours(
        red,
        Pyramid.fitted(Plane.channel(picture, 1), longer),
        Pyramid.fitted(Plane.channel(picture, 2), longer));
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
