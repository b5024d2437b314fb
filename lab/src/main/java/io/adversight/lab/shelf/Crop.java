package io.adversight.lab.shelf;

import io.adversight.image.Raster;
import io.adversight.input.InputException;

/**
 * A part of a picture, in its pixels; rounded to whole ones and held inside the picture.
 *
 * @param x left edge
 * @param y upper edge
 */
public record Crop(double x, double y, double width, double height) {
  public Crop {
    if (!(width >= 1 && height >= 1) || !Double.isFinite(x + y + width + height)) {
      throw new InputException(
          "a crop needs finite numbers and at least one pixel, but was %s x %s at %s, %s"
              .formatted(width, height, x, y));
    }
  }

  /** The part of {@code picture} inside this rectangle. */
  public Raster of(Raster picture) {
    int left = held(x, picture.width() - 1);
    int top = held(y, picture.height() - 1);
    int across = Math.max(1, Math.min((int) Math.rint(width), picture.width() - left));
    int down = Math.max(1, Math.min((int) Math.rint(height), picture.height() - top));
    return Raster.generate(
        picture.channels(),
        down,
        across,
        (c, row, column) -> picture.at(c, top + row, left + column));
  }

  private static int held(double place, int last) {
    return (int) Math.max(0, Math.min(last, Math.rint(place)));
  }
}
