package io.adversight.evaluation.robustness;

import java.util.Arrays;

/**
 * The distribution of maxima with an end point: {@code P(b < z) = exp(-((location - z) /
 * scale)^shape)}.
 *
 * @param location the end point
 * @param scale above 0
 * @param shape above 0
 */
public record ReverseWeibull(double location, double scale, double shape) {
  private static final double NEAREST = 1e-4;
  private static final double FARTHEST = 10;
  private static final int GRID = 60;
  private static final int REFINEMENTS = 40;

  /**
   * The most likely distribution of some maxima. For each location, shape and scale follow from the
   * likelihood's derivatives; the location is searched for between the largest value and ten times
   * the values' range beyond, among those with a shape of at least 1 (below, the likelihood grows
   * without bound towards the largest value). Equal values give their own value.
   *
   * @throws IllegalArgumentException if there are fewer than two
   */
  public static ReverseWeibull fit(double... maxima) {
    if (maxima.length < 2) {
      throw new IllegalArgumentException(
          "a fit needs at least two maxima, but got " + maxima.length);
    }
    double largest = Arrays.stream(maxima).max().orElseThrow();
    double range = largest - Arrays.stream(maxima).min().orElseThrow();
    if (range <= 1e-6 * Math.abs(largest)) {
      return new ReverseWeibull(largest, 0, Double.POSITIVE_INFINITY);
    }
    double low = Math.log(NEAREST * range);
    double high = Math.log(FARTHEST * range);
    double best = high;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i <= GRID; i++) {
      double at = low + (high - low) * i / GRID;
      double likelihood = profile(maxima, largest + Math.exp(at));
      if (likelihood > most) {
        most = likelihood;
        best = at;
      }
    }
    double step = (high - low) / GRID;
    for (int i = 0; i < REFINEMENTS; i++, step /= 1.5) {
      for (double at : new double[] {best - step, best + step}) {
        double likelihood = at > high ? most : profile(maxima, largest + Math.exp(at));
        if (likelihood > most) {
          most = likelihood;
          best = at;
        }
      }
    }
    double location = largest + Math.exp(best);
    double[] y = Arrays.stream(maxima).map(b -> location - b).toArray();
    double shape = shape(y);
    return new ReverseWeibull(location, scale(y, shape), shape);
  }

  /** The log-likelihood at a location, maximised over shape and scale. */
  private static double profile(double[] maxima, double location) {
    double[] y = Arrays.stream(maxima).map(b -> location - b).toArray();
    double shape = shape(y);
    if (!(shape >= 1)) {
      return Double.NEGATIVE_INFINITY;
    }
    double logs = Arrays.stream(y).map(Math::log).sum();
    int n = y.length;
    return n * Math.log(shape) - n * shape * Math.log(scale(y, shape)) + (shape - 1) * logs - n;
  }

  /** The root of 1 / k + mean(ln y) - sum(y^k ln y) / sum(y^k), by bisection on ln k. */
  private static double shape(double[] y) {
    double top = Arrays.stream(y).max().orElseThrow();
    double[] logs = Arrays.stream(y).map(v -> Math.log(v / top)).toArray();
    double mean = Arrays.stream(logs).average().orElseThrow();
    double low = Math.log(1e-3);
    double high = Math.log(1e6);
    for (int i = 0; i < 80; i++) {
      double middle = (low + high) / 2;
      double k = Math.exp(middle);
      double sum = 0;
      double weighted = 0;
      for (double log : logs) {
        double power = Math.exp(k * log);
        sum += power;
        weighted += power * log;
      }
      if (1 / k + mean - weighted / sum > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.exp((low + high) / 2);
  }

  private static double scale(double[] y, double shape) {
    double top = Arrays.stream(y).max().orElseThrow();
    double mean = Arrays.stream(y).map(v -> Math.pow(v / top, shape)).average().orElseThrow();
    return top * Math.pow(mean, 1 / shape);
  }
}
