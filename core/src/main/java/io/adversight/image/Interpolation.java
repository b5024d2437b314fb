package io.adversight.image;

/** How values between the pixels are made when a raster changes its size. */
public enum Interpolation {
  /**
   * Bilinear whose triangle widens with the factor of reduction, so that every source pixel counts:
   * Pillow's BILINEAR without its rounding to 8 bit.
   */
  ANTIALIASED {
    @Override
    Taps taps(int from, double scale, long to, long position) {
      double widening = Math.max(1, scale);
      double centre = (position + 0.5) * scale;
      int first = (int) Math.max(0, (long) (centre - widening + 0.5));
      int end = (int) Math.min(from, (long) (centre + widening + 0.5));
      double[] weights = new double[end - first];
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        double distance = Math.abs(first + i + 0.5 - centre) / widening;
        weights[i] = Math.max(0, 1 - distance);
        sum += weights[i];
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= sum;
      }
      return new Taps(first, weights);
    }
  },

  /**
   * Bilinear between the two nearest pixel centres, whatever the factor (OpenCV's INTER_LINEAR).
   */
  BILINEAR {
    @Override
    Taps taps(int from, double scale, long to, long position) {
      return between(from, (position + 0.5) * scale - 0.5);
    }
  },

  /** Bilinear on a grid whose corner pixels stay at the corners (align_corners = true). */
  ALIGNED_CORNERS {
    @Override
    Taps taps(int from, double scale, long to, long position) {
      return between(from, to == 1 ? 0 : position * (from - 1.0) / (to - 1));
    }
  },

  /** The pixel that covers the centre of the new one. */
  NEAREST {
    @Override
    Taps taps(int from, double scale, long to, long position) {
      return new Taps((int) Math.min(from - 1, (long) ((position + 0.5) * scale)), 1);
    }
  };

  /**
   * The source pixels that make one new pixel along an axis.
   *
   * @param from pixels of the source
   * @param scale source pixels per new pixel
   * @param to new pixels
   * @param position the new pixel, from 0
   */
  abstract Taps taps(int from, double scale, long to, long position);

  private static Taps between(int from, double coordinate) {
    double inside = Math.max(0, Math.min(from - 1.0, coordinate));
    int first = Math.min((int) inside, Math.max(0, from - 2));
    double part = inside - first;
    return from == 1 ? new Taps(0, 1) : new Taps(first, 1 - part, part);
  }

  /** Consecutive source pixels and their weights, which sum to one. */
  static final class Taps {
    final int first;
    private final double[] weights;

    Taps(int first, double... weights) {
      this.first = first;
      this.weights = weights;
    }

    int end() {
      return first + weights.length;
    }

    /** The weighted sum of values that begin at {@code start} and are {@code stride} apart. */
    float of(float[] values, int start, int stride) {
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * values[start + i * stride];
      }
      return (float) sum;
    }
  }
}
