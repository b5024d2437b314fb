package io.adversight.experiments;

import io.adversight.metric.numeric.Interval;
import java.util.Arrays;
import java.util.Collection;

/** Measured values of several images or runs. Values that are not finite are left out. */
public final class Sample {
  private static final double Z = 1.959964;

  private final double[] values;

  private Sample(double[] values) {
    this.values = values;
  }

  /** The finite ones of some values. */
  public static Sample of(Collection<Double> values) {
    return new Sample(
        values.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).toArray());
  }

  /** How many there are. */
  public int size() {
    return values.length;
  }

  /** The mean; NaN without values. */
  public double mean() {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** The median; NaN without values. */
  public double median() {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** The standard deviation with n - 1; 0 for fewer than two values. */
  public double deviation() {
    double mean = mean();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
  }

  /** The 95 % interval of the mean by the normal approximation; NaN ends without values. */
  public Interval interval() {
    double half = Z * deviation() / Math.sqrt(Math.max(1, values.length));
    double mean = mean();
    if (Double.isNaN(mean)) {
      return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    return new Interval(mean - half, mean + half);
  }

  /** The share of values above a threshold; NaN without values. */
  public double shareAbove(double threshold) {
    return values.length == 0
        ? Double.NaN
        : (double) Arrays.stream(values).filter(v -> v > threshold).count() / values.length;
  }
}
