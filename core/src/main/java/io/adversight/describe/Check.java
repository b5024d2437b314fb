package io.adversight.describe;

import io.adversight.input.InputException;

/**
 * Range checks for the parameters of algorithms. Each method returns quietly when the value is
 * allowed; NaN never is.
 */
public final class Check {
  private Check() {}

  /**
   * Requires {@code value >= min}.
   *
   * @throws IllegalArgumentException if it is smaller
   */
  public static void atLeast(long min, long value, String name) {
    require(value >= min, name, "at least " + min, value);
  }

  /**
   * Requires {@code value >= min}.
   *
   * @throws IllegalArgumentException if it is smaller or NaN
   */
  public static void atLeast(double min, double value, String name) {
    require(value >= min, name, "at least " + plain(min), plain(value));
  }

  /**
   * Requires {@code value > 0}.
   *
   * @throws IllegalArgumentException if it is zero, negative or NaN
   */
  public static void positive(double value, String name) {
    require(value > 0, name, "positive", plain(value));
  }

  /**
   * Requires {@code low <= value <= high}.
   *
   * @throws IllegalArgumentException if it is outside
   */
  public static void within(long low, long high, long value, String name) {
    require(low <= value && value <= high, name, "between %s and %s".formatted(low, high), value);
  }

  /**
   * Requires {@code low <= value <= high}.
   *
   * @throws IllegalArgumentException if it is outside or NaN
   */
  public static void within(double low, double high, double value, String name) {
    require(
        low <= value && value <= high,
        name,
        "between %s and %s".formatted(plain(low), plain(high)),
        plain(value));
  }

  /**
   * Requires a number that is neither infinite nor NaN.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static void finite(double value, String name) {
    require(Double.isFinite(value), name, "finite", plain(value));
  }

  private static void require(boolean allowed, String name, String range, Object value) {
    if (!allowed) {
      throw new InputException("%s must be %s, but was %s".formatted(name, range, value));
    }
  }

  /** Whole numbers without a fraction, so that a message says 1 and not 1.0. */
  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
