package io.adversight.image;

import java.util.Arrays;

/**
 * An immutable image or map: float values in (channels, height, width) order.
 *
 * <p>An image holds pixels in [0, 1] with three channels (RGB) or one (grey); a map holds any
 * signed values, usually in one channel.
 */
public final class Raster {
  private final int channels;
  private final int height;
  private final int width;
  private final float[] values;

  private Raster(int channels, int height, int width, float[] values) {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a raster needs at least one channel, row and column, but (%s, %s, %s) was given"
              .formatted(channels, height, width));
    }
    if ((long) channels * height * width != values.length) {
      throw new IllegalArgumentException(
          "(%s, %s, %s) needs %s values, but %s were given"
              .formatted(channels, height, width, (long) channels * height * width, values.length));
    }
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = values;
  }

  /** A raster of the given size; {@code values} in row-major (C, H, W) order are copied. */
  public static Raster of(int channels, int height, int width, float[] values) {
    return new Raster(channels, height, width, values.clone());
  }

  /** A one-channel map; {@code values} in row-major (H, W) order are copied. */
  public static Raster map(int height, int width, float[] values) {
    return of(1, height, width, values);
  }

  /** A raster that takes {@code values} over without a copy; the caller forgets the array. */
  static Raster adopt(int channels, int height, int width, float[] values) {
    return new Raster(channels, height, width, values);
  }

  /** A raster whose value at (c, y, x) is {@code function.at(c, y, x)}. */
  public static Raster generate(int channels, int height, int width, Values function) {
    float[] values = new float[Math.multiplyExact(Math.multiplyExact(channels, height), width)];
    int i = 0;
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          values[i++] = (float) function.at(c, y, x);
        }
      }
    }
    return new Raster(channels, height, width, values);
  }

  /** The value of a raster at a position. */
  @FunctionalInterface
  public interface Values {
    /** The value at channel {@code c}, row {@code y}, column {@code x}. */
    double at(int c, int y, int x);
  }

  public int channels() {
    return channels;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** The value at channel {@code c}, row {@code y}, column {@code x}. */
  public float at(int c, int y, int x) {
    return values[(c * height + y) * width + x];
  }

  /** A copy of all values in row-major (C, H, W) order. */
  public float[] toArray() {
    return values.clone();
  }

  /** A copy of channel {@code c} as a one-channel raster. */
  public Raster channel(int c) {
    int plane = height * width;
    return new Raster(1, height, width, Arrays.copyOfRange(values, c * plane, (c + 1) * plane));
  }

  /** The values themselves, to be read only. */
  float[] values() {
    return values;
  }

  /** One channel: itself, or the luma 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601) of three. */
  public Raster toGrey() {
    if (channels == 1) {
      return this;
    }
    requireThreeChannels();
    int plane = height * width;
    float[] grey = new float[plane];
    for (int i = 0; i < plane; i++) {
      grey[i] =
          (float) (0.299 * values[i] + 0.587 * values[plane + i] + 0.114 * values[2 * plane + i]);
    }
    return new Raster(1, height, width, grey);
  }

  /** Three channels: itself, or three copies of its only one. */
  public Raster toRgb() {
    if (channels == 1) {
      float[] rgb = new float[Math.multiplyExact(3, values.length)];
      for (int c = 0; c < 3; c++) {
        System.arraycopy(values, 0, rgb, c * values.length, values.length);
      }
      return new Raster(3, height, width, rgb);
    }
    requireThreeChannels();
    return this;
  }

  private void requireThreeChannels() {
    if (channels != 3) {
      throw new IllegalArgumentException(
          "an image has 1 or 3 channels, but this raster has " + channels);
    }
  }

  /** What an 8-bit file keeps of this image: rint(255 v) / 255, held to [0, 1]; NaN gives 0. */
  public Raster quantized() {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = level(values[i]) / 255f;
    }
    return new Raster(channels, height, width, rounded);
  }

  /** The 8-bit level of a pixel value; ties go to the even one, as in NumPy and libtorch. */
  static int level(float value) {
    return Math.max(0, Math.min(255, (int) Math.rint(255f * value)));
  }

  /** The smallest value. */
  public float min() {
    float min = Float.POSITIVE_INFINITY;
    for (float value : values) {
      min = Math.min(min, value);
    }
    return min;
  }

  /** The largest value. */
  public float max() {
    float max = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      max = Math.max(max, value);
    }
    return max;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Raster raster
        && raster.channels == channels
        && raster.height == height
        && raster.width == width
        && Arrays.equals(raster.values, values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Raster(%s, %s, %s)".formatted(channels, height, width);
  }
}
