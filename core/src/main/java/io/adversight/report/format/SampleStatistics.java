package io.adversight.report.format;

import java.util.Arrays;

/** Statistics of some numbers. */
public final class SampleStatistics {
  private SampleStatistics() {}

  /** The arithmetic mean; NaN of no values. */
  public static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** The sample standard deviation; 0 for fewer than two values. */
  public static double spread(double[] values) {
    double mean = mean(values);
    double sum = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return values.length < 2 ? 0 : Math.sqrt(sum / (values.length - 1));
  }

  /** The median: of an even number of values the mean of the middle two. There must be a value. */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
