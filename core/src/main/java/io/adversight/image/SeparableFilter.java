package io.adversight.image;

/** Smoothing with symmetric kernels; beyond the border the nearest pixel repeats. */
public final class SeparableFilter {
  private static final double[] SMALL_BINOMIAL = {1 / 4.0, 2 / 4.0, 1 / 4.0};
  private static final double[] BINOMIAL = {1 / 16.0, 4 / 16.0, 6 / 16.0, 4 / 16.0, 1 / 16.0};

  private SeparableFilter() {}

  /** The 3 x 3 binomial filter: weights 1, 2, 1 along rows and columns. */
  public static Plane smallBinomial(Plane plane) {
    return separable(plane, SMALL_BINOMIAL);
  }

  /** The 5 x 5 binomial filter of Gaussian pyramids. */
  public static Plane binomial(Plane plane) {
    return separable(plane, BINOMIAL);
  }

  /** A Gaussian of standard deviation {@code sigma} pixels, cut at four of them. */
  public static Plane gaussian(Plane plane, double sigma) {
    int radius = (int) Math.ceil(4 * sigma);
    double[] kernel = new double[2 * radius + 1];
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      double z = (i - radius) / sigma;
      kernel[i] = Math.exp(-z * z / 2);
      sum += kernel[i];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    return separable(plane, kernel);
  }

  private static Plane separable(Plane plane, double[] kernel) {
    int radius = kernel.length / 2;
    Plane rows =
        Plane.generate(
            plane.height(),
            plane.width(),
            (y, x) -> {
              double sum = 0;
              for (int k = 0; k < kernel.length; k++) {
                sum += kernel[k] * plane.at(y, inside(x + k - radius, plane.width()));
              }
              return sum;
            });
    return Plane.generate(
        plane.height(),
        plane.width(),
        (y, x) -> {
          double sum = 0;
          for (int k = 0; k < kernel.length; k++) {
            sum += kernel[k] * rows.at(inside(y + k - radius, plane.height()), x);
          }
          return sum;
        });
  }

  /** The position nearest to {@code i} in [0, size). */
  public static int inside(int i, int size) {
    return i < 0 ? 0 : Math.min(i, size - 1);
  }
}
