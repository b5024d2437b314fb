package io.adversight;

import io.adversight.image.ImageFiles;
import io.adversight.image.ImageFormatException;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * An immutable image of any size: pixels in [0, 1], one channel (grey) or three (RGB).
 *
 * <pre>{@code
 * Image photo = Image.read(Path.of("photo.jpg"));
 * photo.save(Path.of("copy.png"));
 * }</pre>
 *
 * @param raster the pixels, (channels, height, width)
 */
public record Image(Raster raster) {
  public Image {
    if (raster.channels() != 1 && raster.channels() != 3) {
      throw new InputException(
          "an image has one channel or three, but %s were given".formatted(raster.channels()));
    }
    if (!(raster.min() >= 0 && raster.max() <= 1)) {
      throw new InputException(
          "pixels are in [0, 1], but these reach from %s to %s; divide 8-bit values by 255"
              .formatted(raster.min(), raster.max()));
    }
  }

  /**
   * Reads a PNG, JPEG, WebP, TIFF, BMP, GIF or {@code .npy} file.
   *
   * @throws ImageFormatException if the file is missing or no complete image
   */
  public static Image read(Path file) {
    return new Image(ImageFiles.read(file));
  }

  /**
   * An image of given pixels.
   *
   * @param pixels in [0, 1], row by row, one channel after the other: (channels, height, width)
   * @throws IllegalArgumentException if there are too many or too few values, or some outside
   */
  public static Image of(int channels, int height, int width, float... pixels) {
    return new Image(Raster.of(channels, height, width, pixels));
  }

  /** 1 for grey, 3 for RGB. */
  public int channels() {
    return raster.channels();
  }

  /** The number of rows. */
  public int height() {
    return raster.height();
  }

  /** The number of columns. */
  public int width() {
    return raster.width();
  }

  /**
   * Writes a {@code .png} file, rounded to 8 bits, or an {@code .npy} file of float32 values as
   * they are, shape (channels, height, width).
   *
   * @throws InputException if the file has another ending
   * @throws UncheckedIOException if it cannot be written
   */
  public void save(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".png")) {
      ImageFiles.writePng(raster, file);
    } else if (name.endsWith(".npy")) {
      Npy.write(raster, file);
    } else {
      throw new InputException(
          "images are written as .png (8 bits) or .npy (exact), but the file is " + file);
    }
  }
}
