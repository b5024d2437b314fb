package io.adversight.attribution.perturbation;

import io.adversight.image.Raster;

/** An image's pixels divided into numbered segments, each pixel in one of them. */
public final class Segments {
  private final int height;
  private final int width;
  private final int[] labels;
  private final int count;

  private Segments(int height, int width, int[] labels, int count) {
    this.height = height;
    this.width = width;
    this.labels = labels;
    this.count = count;
  }

  /**
   * Segments by pixel.
   *
   * @param labels the segment of each pixel in row-major order, from 0 on
   * @throws IllegalArgumentException if a pixel has no segment or there are not enough
   */
  public static Segments of(int height, int width, int... labels) {
    if (labels.length != height * width) {
      throw new IllegalArgumentException(
          "%s x %s pixels need as many labels, but %s were given"
              .formatted(height, width, labels.length));
    }
    int largest = 0;
    for (int label : labels) {
      if (label < 0) {
        throw new IllegalArgumentException("segments are numbered from 0, but one is " + label);
      }
      largest = Math.max(largest, label);
    }
    return new Segments(height, width, labels.clone(), largest + 1);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** The number of segments. */
  public int count() {
    return count;
  }

  /** The segment of the pixel at row {@code y}, column {@code x}. */
  public int at(int y, int x) {
    return labels[y * width + x];
  }

  /** An image in which every segment has its mean colour. */
  public Raster flattened(Raster image) {
    double[] sums = new double[image.channels() * count];
    int[] sizes = new int[count];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        sizes[at(y, x)]++;
        for (int c = 0; c < image.channels(); c++) {
          sums[c * count + at(y, x)] += image.at(c, y, x);
        }
      }
    }
    return Raster.generate(
        image.channels(), height, width, (c, y, x) -> sums[c * count + at(y, x)] / sizes[at(y, x)]);
  }

  /** The labels as indices. */
  long[] indices() {
    long[] indices = new long[labels.length];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = labels[i];
    }
    return indices;
  }
}
