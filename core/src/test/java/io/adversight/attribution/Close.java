package io.adversight.attribution;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares numbers relative to the largest of those expected. */
public final class Close {
  private Close() {}

  /** Fails unless every difference is at most {@code relative} times the largest magnitude. */
  public static void assertClose(double[] actual, double[] expected, double relative) {
    assertThat(actual).hasSameSizeAs(expected);
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    double allowed = relative * (largest == 0 ? 1 : largest);
    for (int i = 0; i < expected.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i]))
          .as("element %d: expected %s, but was %s", i, expected[i], actual[i])
          .isLessThanOrEqualTo(allowed);
    }
  }
}
