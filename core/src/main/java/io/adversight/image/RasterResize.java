package io.adversight.image;

/** Brings rasters to another size; all of it is separable and in floating point. */
public final class RasterResize {
  private RasterResize() {}

  /** Changes the size, and with it the proportions, with antialiasing. */
  public static Raster stretch(Raster raster, int height, int width) {
    return to(raster, height, width, Interpolation.ANTIALIASED);
  }

  /** For looking at: every pixel becomes a square, so that the shorter side has about so many. */
  public static Raster enlarged(Raster raster, int shorterSide) {
    int times = Math.max(1, shorterSide / Math.min(raster.height(), raster.width()));
    return to(raster, times * raster.height(), times * raster.width(), Interpolation.NEAREST);
  }

  /** Changes the size with a chosen interpolation; the same size gives the same raster. */
  public static Raster to(Raster raster, int height, int width, Interpolation interpolation) {
    checkSize(height, width);
    return resampled(
        raster,
        taps(interpolation, raster.height(), height, 0, height),
        taps(interpolation, raster.width(), width, 0, width));
  }

  /**
   * Makes the shorter side {@code shortSide} pixels long with antialiasing, keeping the
   * proportions, and cuts {@code height} x {@code width} out of the centre: the usual ImageNet
   * preparation, sides rounded down, half-pixel offsets to even, as in torchvision.
   */
  public static Raster shortSideThenCentreCrop(
      Raster raster, int shortSide, int height, int width) {
    checkSize(height, width);
    if (shortSide < height || shortSide < width) {
      throw new IllegalArgumentException(
          "a short side of %s pixels cannot hold a crop of %s x %s; make it at least %s"
              .formatted(shortSide, height, width, Math.max(height, width)));
    }
    int shorter = Math.min(raster.height(), raster.width());
    long fullHeight = (long) shortSide * raster.height() / shorter;
    long fullWidth = (long) shortSide * raster.width() / shorter;
    Interpolation antialiased = Interpolation.ANTIALIASED;
    return resampled(
        raster,
        taps(antialiased, raster.height(), fullHeight, centred(fullHeight, height), height),
        taps(antialiased, raster.width(), fullWidth, centred(fullWidth, width), width));
  }

  private static void checkSize(int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "the new size must be at least 1 x 1, but was %s x %s".formatted(height, width));
    }
  }

  private static long centred(long full, int part) {
    return (long) Math.rint((full - part) / 2.0);
  }

  /** The taps of {@code count} new pixels beginning with number {@code start} of {@code to}. */
  private static Interpolation.Taps[] taps(
      Interpolation interpolation, int from, long to, long start, int count) {
    double scale = (double) from / to;
    Interpolation.Taps[] taps = new Interpolation.Taps[count];
    for (int i = 0; i < count; i++) {
      taps[i] = interpolation.taps(from, scale, to, start + i);
    }
    return taps;
  }

  /** Rows first, and only those that a column needs: a crop costs what it shows. */
  private static Raster resampled(
      Raster raster, Interpolation.Taps[] vertical, Interpolation.Taps[] horizontal) {
    int channels = raster.channels();
    int width = horizontal.length;
    int height = vertical.length;
    int top = vertical[0].first;
    int rows = vertical[height - 1].end() - top;
    float[] source = raster.values();
    float[] narrowed = new float[Math.multiplyExact(rows, width)];
    float[] result = new float[Math.multiplyExact(channels, Math.multiplyExact(height, width))];
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < rows; y++) {
        int start = (c * raster.height() + top + y) * raster.width();
        for (int x = 0; x < width; x++) {
          narrowed[y * width + x] = horizontal[x].of(source, start + horizontal[x].first, 1);
        }
      }
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          result[(c * height + y) * width + x] =
              vertical[y].of(narrowed, (vertical[y].first - top) * width + x, width);
        }
      }
    }
    return Raster.adopt(channels, height, width, result);
  }
}
