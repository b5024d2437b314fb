package io.adversight.metric.numeric;

import io.adversight.metric.SameShape;

/** Areas under curves given by points. */
public final class Trapezoid {
  private Trapezoid() {}

  /**
   * The area under straight lines through (x, y).
   *
   * @param x positions in ascending order, at least two
   * @param y values, as many
   */
  public static double area(double[] x, double[] y) {
    SameShape.require(x, y);
    if (x.length < 2) {
      throw new IllegalArgumentException("an area needs at least two points, but there is one");
    }
    double area = 0;
    for (int i = 1; i < x.length; i++) {
      if (!(x[i] >= x[i - 1])) {
        throw new IllegalArgumentException(
            "positions must ascend, but %s follows %s".formatted(x[i], x[i - 1]));
      }
      area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;
    }
    return area;
  }

  /** The area under values at equal steps from 0 to 1. */
  public static double area(double[] y) {
    double[] x = new double[y.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i / (y.length - 1.0);
    }
    return area(x, y);
  }
}
