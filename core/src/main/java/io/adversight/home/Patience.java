package io.adversight.home;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * How long a server is waited for.
 *
 * @param answer the longest wait for a connection, and for the head of an answer
 * @param window the time in which {@code leastBytes} must come
 * @param leastBytes of the content in each window; a slower server is given up on
 * @param pause before the second try; each later one is twice as long
 */
record Patience(Duration answer, Duration window, long leastBytes, Duration pause) {
  /** Waits 30 seconds, and asks for at least 1000 bytes a second. */
  static final Patience DEFAULT =
      new Patience(Duration.ofSeconds(30), Duration.ofSeconds(30), 30_000, Duration.ofMillis(200));

  /** A time as words. */
  static String words(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
  }
}
