package io.adversight.metric.similarity;

/** The window that local means and covariances are taken in, and their normalisation. */
public enum SsimWindow {
  /** Wang et al. 2004: 11 x 11 Gaussian of standard deviation 1.5, population covariance. */
  GAUSSIAN(11, 1.5, false),
  /** scikit-image's default: 7 x 7 equal weights, sample covariance (n / (n - 1)). */
  UNIFORM(7, Double.POSITIVE_INFINITY, true),
  /** 7 x 7 equal weights, population covariance. */
  UNIFORM_POPULATION(7, Double.POSITIVE_INFINITY, false);

  private final int size;
  private final double sigma;
  private final boolean sample;

  SsimWindow(int size, double sigma, boolean sample) {
    this.size = size;
    this.sigma = sigma;
    this.sample = sample;
  }

  /** Pixels along a side. */
  public int size() {
    return size;
  }

  /** The factor from population covariance to the one this window uses. */
  double covarianceFactor() {
    double n = (double) size * size;
    return sample ? n / (n - 1) : 1;
  }

  /** The weighted mean under every full window: (height - size + 1) x (width - size + 1) values. */
  double[] means(double[] values, int height, int width) {
    double[] kernel = kernel();
    int innerWidth = width - size + 1;
    int innerHeight = height - size + 1;
    double[] rows = new double[height * innerWidth];
    for (int y = 0; y < height; y++) {
      addWeighted(kernel, values, y * width, 1, rows, y * innerWidth, innerWidth);
    }
    double[] means = new double[innerHeight * innerWidth];
    for (int y = 0; y < innerHeight; y++) {
      addWeighted(kernel, rows, y * innerWidth, innerWidth, means, y * innerWidth, innerWidth);
    }
    return means;
  }

  /**
   * Adds to each of {@code count} places the weighted values that lie {@code stride} apart, four
   * weights at a time: plain loops that the virtual machine vectorises.
   */
  private static void addWeighted(
      double[] kernel, double[] from, int start, int stride, double[] to, int target, int count) {
    int k = 0;
    for (; k + 4 <= kernel.length; k += 4) {
      double a = kernel[k];
      double b = kernel[k + 1];
      double c = kernel[k + 2];
      double d = kernel[k + 3];
      int first = start + k * stride;
      for (int i = 0; i < count; i++) {
        to[target + i] =
            to[target + i]
                + a * from[first + i]
                + b * from[first + stride + i]
                + c * from[first + 2 * stride + i]
                + d * from[first + 3 * stride + i];
      }
    }
    for (; k < kernel.length; k++) {
      double a = kernel[k];
      int first = start + k * stride;
      for (int i = 0; i < count; i++) {
        to[target + i] += a * from[first + i];
      }
    }
  }

  /** Gaussian weights of sum 1; an infinite sigma makes them equal. */
  private double[] kernel() {
    double[] kernel = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double z = (i - size / 2) / sigma;
      kernel[i] = Math.exp(-z * z / 2);
      sum += kernel[i];
    }
    for (int i = 0; i < size; i++) {
      kernel[i] /= sum;
    }
    return kernel;
  }
}
