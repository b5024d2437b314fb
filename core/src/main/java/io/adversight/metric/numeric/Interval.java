package io.adversight.metric.numeric;

/**
 * A range of numbers, ends included.
 *
 * @param low the lower end
 * @param high the upper end, not below {@code low}
 */
public record Interval(double low, double high) {
  /** Checks the order. */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "an interval needs low <= high, but [%s, %s] was given".formatted(low, high));
    }
  }

  /** Whether a number lies in it. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
