package io.adversight.attack.corruption;

/** Checks of intervals of random strengths. */
final class StrengthRange {
  private StrengthRange() {}

  static void check(double smallest, double low, double high, double largest, String name) {
    if (!(smallest <= low && low <= high && high <= largest)) {
      throw new IllegalArgumentException(
          "%s must be a range within [%s, %s], but was [%s, %s]"
              .formatted(name, smallest, largest, low, high));
    }
  }
}
