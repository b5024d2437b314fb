package io.adversight.image;

/**
 * One channel in double precision, for arithmetic that single precision would spoil; immutable,
 * (height, width) in row-major order, all values finite.
 */
public final class Plane {
  private final int height;
  private final int width;
  private final double[] values;

  private Plane(int height, int width, double[] values) {
    if (height < 1 || width < 1 || (long) height * width != values.length) {
      throw new IllegalArgumentException(
          "a plane of %s rows and %s columns cannot hold %s values"
              .formatted(height, width, values.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "images and maps must be finite, but the value at row %s, column %s is %s"
                .formatted(i / width, i % width, values[i]));
      }
    }
    this.height = height;
    this.width = width;
    this.values = values;
  }

  /** A plane of the given size; {@code values} in row-major order are copied. */
  public static Plane of(int height, int width, double[] values) {
    return new Plane(height, width, values.clone());
  }

  /** Channel {@code c} of a raster. */
  public static Plane channel(Raster raster, int c) {
    return generate(raster.height(), raster.width(), (y, x) -> raster.at(c, y, x));
  }

  /** The mean over a raster's channels, position by position. */
  public static Plane mean(Raster raster) {
    int channels = raster.channels();
    return generate(
        raster.height(),
        raster.width(),
        (y, x) -> {
          double sum = 0;
          for (int c = 0; c < channels; c++) {
            sum += raster.at(c, y, x);
          }
          return sum / channels;
        });
  }

  /** A plane whose value at (y, x) is {@code function.at(y, x)}. */
  public static Plane generate(int height, int width, Values function) {
    double[] values = new double[Math.multiplyExact(height, width)];
    int i = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        values[i++] = function.at(y, x);
      }
    }
    return new Plane(height, width, values);
  }

  /** The value of a plane at a position. */
  @FunctionalInterface
  public interface Values {
    /** The value at row {@code y}, column {@code x}. */
    double at(int y, int x);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** The value at row {@code y}, column {@code x}. */
  public double at(int y, int x) {
    return values[y * width + x];
  }

  /** A copy of all values in row-major order. */
  public double[] toArray() {
    return values.clone();
  }

  /** The largest value. */
  public double max() {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      max = Math.max(max, value);
    }
    return max;
  }

  /** The smallest value. */
  public double min() {
    double min = Double.POSITIVE_INFINITY;
    for (double value : values) {
      min = Math.min(min, value);
    }
    return min;
  }

  /** Every value replaced by {@code function} of it. */
  public Plane map(java.util.function.DoubleUnaryOperator function) {
    double[] mapped = new double[values.length];
    for (int i = 0; i < mapped.length; i++) {
      mapped[i] = function.applyAsDouble(values[i]);
    }
    return new Plane(height, width, mapped);
  }

  /** The values scaled so that the smallest becomes 0 and the largest 1; a constant gives zeros. */
  public Plane normalized() {
    double min = min();
    double range = max() - min;
    return map(value -> range == 0 ? 0 : (value - min) / range);
  }

  /**
   * Bilinear resampling with half-pixel centres and repeated edges, without smoothing: target pixel
   * i lies at (i + 0.5) * size / newSize - 0.5 of the source.
   */
  public Plane resize(int newHeight, int newWidth) {
    if (newHeight == height && newWidth == width) {
      return this;
    }
    return generate(
        newHeight,
        newWidth,
        (y, x) -> {
          double sy = clamp((y + 0.5) * height / newHeight - 0.5, height);
          double sx = clamp((x + 0.5) * width / newWidth - 0.5, width);
          int y0 = (int) sy;
          int x0 = (int) sx;
          int y1 = Math.min(y0 + 1, height - 1);
          int x1 = Math.min(x0 + 1, width - 1);
          double fy = sy - y0;
          double fx = sx - x0;
          return (1 - fy) * ((1 - fx) * at(y0, x0) + fx * at(y0, x1))
              + fy * ((1 - fx) * at(y1, x0) + fx * at(y1, x1));
        });
  }

  private static double clamp(double position, int size) {
    return Math.max(0, Math.min(position, size - 1));
  }

  /** The same values in single precision, as a one-channel raster. */
  public Raster toRaster() {
    return Raster.generate(1, height, width, (c, y, x) -> at(y, x));
  }

  @Override
  public String toString() {
    return "Plane(%s, %s)".formatted(height, width);
  }
}
