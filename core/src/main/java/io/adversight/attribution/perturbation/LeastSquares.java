package io.adversight.attribution.perturbation;

/** Weighted linear regression with a ridge, solved by Cholesky decomposition. */
final class LeastSquares {
  private static final double SMALLEST_PIVOT = 1e-12;

  private LeastSquares() {}

  /**
   * The coefficients b that minimise sum of w (y - x b)^2 + ridge |b|^2.
   *
   * @param x one row per sample
   */
  static double[] solve(double[][] x, double[] y, double[] w, double ridge) {
    int n = x.length == 0 ? 0 : x[0].length;
    double[][] a = new double[n][n];
    double[] b = new double[n];
    for (int s = 0; s < x.length; s++) {
      double[] row = x[s];
      for (int i = 0; i < n; i++) {
        double weighted = w[s] * row[i];
        if (weighted != 0) {
          b[i] += weighted * y[s];
          for (int j = 0; j <= i; j++) {
            a[i][j] += weighted * row[j];
          }
        }
      }
    }
    for (int i = 0; i < n; i++) {
      a[i][i] += ridge;
    }
    return cholesky(a, b);
  }

  /** Solves a symmetric system given by its lower half; directions without support get 0. */
  private static double[] cholesky(double[][] a, double[] b) {
    int n = b.length;
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, a[i][i]);
    }
    double[] x = b.clone();
    for (int j = 0; j < n; j++) {
      double pivot = a[j][j];
      for (int k = 0; k < j; k++) {
        pivot -= a[j][k] * a[j][k];
      }
      boolean supported = pivot > SMALLEST_PIVOT * largest;
      a[j][j] = supported ? Math.sqrt(pivot) : 0;
      for (int i = j + 1; i < n; i++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= a[i][k] * a[j][k];
        }
        a[i][j] = supported ? sum / a[j][j] : 0;
      }
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= a[i][k] * x[k];
      }
      x[i] = a[i][i] == 0 ? 0 : x[i] / a[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= a[k][i] * x[k];
      }
      x[i] = a[i][i] == 0 ? 0 : x[i] / a[i][i];
    }
    return x;
  }
}
