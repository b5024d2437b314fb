package io.adversight.metric.numeric;

import io.adversight.input.InputException;
import java.util.Arrays;

/** Ranks of numbers, from 1 for the smallest. */
public final class Ranks {
  private Ranks() {}

  /** The rank of every value; equal values share the average of the ranks they occupy. */
  public static double[] average(double[] values) {
    double[] sorted = sorted(values);
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      ranks[i] = (below(sorted, values[i]) + 1 + notAbove(sorted, values[i])) / 2.0;
    }
    return ranks;
  }

  /** Which of the values are the {@code k} largest; among equal values the earlier one wins. */
  public static boolean[] largest(double[] values, int k) {
    if (k < 1 || k > values.length) {
      throw new InputException(
          "k must be between 1 and %s, but was %s".formatted(values.length, k));
    }
    double[] sorted = sorted(values);
    double threshold = sorted[values.length - k];
    int ties = k - (values.length - notAbove(sorted, threshold));
    boolean[] chosen = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      chosen[i] = values[i] > threshold || (values[i] == threshold && ties-- > 0);
    }
    return chosen;
  }

  /** A sorted copy in which -0 has become 0. */
  private static double[] sorted(double[] values) {
    double[] sorted = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        throw new IllegalArgumentException("NaN has no rank, but value %s is NaN".formatted(i));
      }
      sorted[i] = values[i] + 0.0;
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /** How many of the sorted values are smaller than {@code value}. */
  private static int below(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many of the sorted values are at most {@code value}. */
  private static int notAbove(double[] sorted, double value) {
    return below(sorted, Math.nextUp(value));
  }
}
