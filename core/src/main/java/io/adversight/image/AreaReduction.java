package io.adversight.image;

/**
 * Shrinks an image by a whole factor while its rows are read, so that the full image is never held
 * as floats: a value is the mean of a block of {@code factor} x {@code factor} pixels, of fewer at
 * the right and the lower edge. A factor of 1 keeps every value as it is.
 */
final class AreaReduction {
  private final int factor;
  private final int channels;
  private final int height;
  private final int width;
  private final int columns;
  private final float[] values;

  /** A reduction of an image of {@code height} rows of {@code width} pixels. */
  AreaReduction(int factor, int channels, int height, int width) {
    this.factor = factor;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.columns = blocks(width);
    this.values =
        new float[Math.multiplyExact(channels, Math.multiplyExact(blocks(height), columns))];
  }

  /** The smallest factor after which at most {@code most} pixels are left. */
  static int factor(long height, long width, long most) {
    long factor = 1;
    while (ceil(height, factor) * ceil(width, factor) > most) {
      factor++;
    }
    return Math.toIntExact(factor);
  }

  private static long ceil(long length, long factor) {
    return (length + factor - 1) / factor;
  }

  private int blocks(int length) {
    return (int) ceil(length, factor);
  }

  /** Adds row {@code y} of a channel; {@code row} has one value for each pixel. */
  void add(int channel, int y, float[] row) {
    int start = (channel * blocks(height) + y / factor) * columns;
    if (factor == 1) {
      System.arraycopy(row, 0, values, start, width);
      return;
    }
    int rows = Math.min(factor, height - y / factor * factor);
    for (int column = 0; column < columns; column++) {
      int from = column * factor;
      int to = Math.min(width, from + factor);
      double sum = 0;
      for (int x = from; x < to; x++) {
        sum += row[x];
      }
      values[start + column] += (float) (sum / ((to - from) * rows));
    }
  }

  /** The reduced image, once all rows of all channels are added. */
  Raster raster() {
    return Raster.adopt(channels, blocks(height), columns, values);
  }
}
