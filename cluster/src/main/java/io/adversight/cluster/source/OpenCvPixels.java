package io.adversight.cluster.source;

import io.adversight.image.ImageFormatException;
import io.adversight.image.Raster;

/** Pixels as Spark's image schema keeps them: bytes by row, blue before green before red. */
public final class OpenCvPixels {
  private OpenCvPixels() {}

  /**
   * The image; an alpha channel composites it over white.
   *
   * @param name what messages call it
   * @throws ImageFormatException if the bytes are not of that size, or the channels not 1, 3 or 4
   */
  public static Raster decode(String name, int height, int width, int channels, byte[] data) {
    boolean known = channels == 1 || channels == 3 || channels == 4;
    if (!known
        || height < 1
        || width < 1
        || (long) height * width > data.length
        || (long) height * width * channels != data.length) {
      throw new ImageFormatException(
          "%s: expected height x width x 1, 3 or 4 channels bytes, but %s x %s x %s has %s"
              .formatted(name, height, width, channels, data.length));
    }
    if (channels == 1) {
      return Raster.generate(1, height, width, (c, y, x) -> at(data, y * width + x));
    }
    return Raster.generate(
        3,
        height,
        width,
        (c, y, x) -> {
          int pixel = (y * width + x) * channels;
          float value = at(data, pixel + 2 - c);
          float alpha = channels == 4 ? at(data, pixel + 3) : 1;
          return alpha * value + (1 - alpha);
        });
  }

  private static float at(byte[] data, int i) {
    return (data[i] & 0xff) / 255f;
  }
}
