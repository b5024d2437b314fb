package io.adversight.attribution.gradient;

/** A rule that replaces an integral over [0, 1] by a weighted sum of values. */
public enum Quadrature {
  /** The n points and weights that are exact for polynomials up to degree 2n - 1. */
  GAUSS_LEGENDRE {
    @Override
    public Points points(int n) {
      double[] at = new double[n];
      double[] weights = new double[n];
      for (int i = 0; i < n; i++) {
        // The i-th root of the Legendre polynomial on [-1, 1], by Newton's method.
        double x = -Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
        double derivative = 0;
        for (int iteration = 0; iteration < 100; iteration++) {
          double before = 1;
          double value = x;
          for (int k = 2; k <= n; k++) {
            double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
            before = value;
            value = next;
          }
          derivative = n * (x * value - before) / (x * x - 1);
          double step = value / derivative;
          x -= step;
          if (Math.abs(step) < 1e-16) {
            break;
          }
        }
        at[i] = (x + 1) / 2;
        weights[i] = 1 / ((1 - x * x) * derivative * derivative);
      }
      return n == 1 ? new Points(new double[] {0.5}, new double[] {1}) : new Points(at, weights);
    }
  },
  /** The points k / n for k = 0 to n - 1, equal weights. */
  RIEMANN_LEFT {
    @Override
    public Points points(int n) {
      return even(n, 0);
    }
  },
  /** The points k / n for k = 1 to n, equal weights (Sundararajan et al. 2017, equation 3). */
  RIEMANN_RIGHT {
    @Override
    public Points points(int n) {
      return even(n, 1);
    }
  },
  /** The points (k + 1/2) / n, equal weights. */
  RIEMANN_MIDDLE {
    @Override
    public Points points(int n) {
      return even(n, 0.5);
    }
  },
  /** The n + 1 points k / n; those at the ends have half the weight. */
  TRAPEZOID {
    @Override
    public Points points(int n) {
      return trapezoid(n + 1, n);
    }
  },
  /**
   * n points from 0 to 1 with weights 1 / n, half at the ends: they sum to (n - 1) / n (captum).
   */
  CAPTUM_TRAPEZOID {
    @Override
    public Points points(int n) {
      return n == 1 ? even(1, 0) : trapezoid(n, n);
    }
  };

  /** Where values are taken, and their weights. */
  public static final class Points {
    private final double[] at;
    private final double[] weights;

    Points(double[] at, double[] weights) {
      this.at = at;
      this.weights = weights;
    }

    /** How many there are. */
    public int count() {
      return at.length;
    }

    /** The {@code i}-th point, in [0, 1]. */
    public double at(int i) {
      return at[i];
    }

    /** The weight of the {@code i}-th point. */
    public double weight(int i) {
      return weights[i];
    }
  }

  /** The points of a sum of {@code n} steps. */
  public abstract Points points(int n);

  private static Points even(int n, double offset) {
    double[] at = new double[n];
    double[] weights = new double[n];
    for (int k = 0; k < n; k++) {
      at[k] = (k + offset) / n;
      weights[k] = 1.0 / n;
    }
    return new Points(at, weights);
  }

  private static Points trapezoid(int points, int n) {
    double[] at = new double[points];
    double[] weights = new double[points];
    for (int k = 0; k < points; k++) {
      at[k] = (double) k / (points - 1);
      weights[k] = (k == 0 || k == points - 1 ? 0.5 : 1.0) / n;
    }
    return new Points(at, weights);
  }
}
