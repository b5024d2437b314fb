package io.adversight.lab.store;

import io.adversight.image.Raster;
import io.adversight.input.InputException;

/**
 * A part of an image, in its pixels; rounded to whole ones and held inside the image.
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

  /** The part of {@code image} inside this rectangle. */
  public Raster of(Raster image) {
    int left = held(x, image.width() - 1);
    int top = held(y, image.height() - 1);
    int across = Math.max(1, Math.min((int) Math.rint(width), image.width() - left));
    int down = Math.max(1, Math.min((int) Math.rint(height), image.height() - top));
    return Raster.generate(
        image.channels(), down, across, (c, row, column) -> image.at(c, top + row, left + column));
  }

  private static int held(double place, int last) {
    return (int) Math.max(0, Math.min(last, Math.rint(place)));
  }
}
