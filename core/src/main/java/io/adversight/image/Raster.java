package io.adversight.image;

import java.util.Arrays;

/**
 * An immutable picture or map: float values in (channels, height, width) order.
 *
 * <p>A picture holds pixels in [0, 1] with three channels (RGB) or one (grey); a map holds any
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
          "a raster needs at least one channel, row and column, but (%d, %d, %d) was given"
              .formatted(channels, height, width));
    }
    if ((long) channels * height * width != values.length) {
      throw new IllegalArgumentException(
          "(%d, %d, %d) needs %d values, but %d were given"
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
    return "Raster(%d, %d, %d)".formatted(channels, height, width);
  }
}
