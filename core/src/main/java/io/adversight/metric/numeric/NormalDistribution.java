package io.adversight.metric.numeric;

/** The standard normal distribution. */
public final class NormalDistribution {
  private NormalDistribution() {}

  /**
   * {@code P(Z <= x)} by the Taylor series of Marsaglia (2004): 1/2 + density(x) (x + x^3/3 +
   * x^5/(3 5) + ...); absolute error about 1e-15.
   */
  public static double cumulative(double x) {
    if (Math.abs(x) > 9) {
      return x < 0 ? 0 : 1;
    }
    double sum = 0;
    double term = x;
    for (int k = 3; sum + term != sum; k += 2) {
      sum += term;
      term *= x * x / k;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /**
   * The x with {@code P(Z <= x) = p}, by bisection; for p in [1e-9, 1 - 1e-9] to about 1e-7 or
   * better.
   */
  public static double quantile(double p) {
    double low = -9;
    double high = 9;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (cumulative(middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
