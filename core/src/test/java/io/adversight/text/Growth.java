package io.adversight.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntFunction;

/**
 * Tells work in proportion to its input from quadratic work: four times the input takes four times
 * as long, and not sixteen. Only times of one run are compared, the shortest of several, so that a
 * busy machine or a cold compiler makes no difference.
 */
public final class Growth {
  private static final int LEAST_ROUNDS = 5;
  private static final int MOST_ROUNDS = 12;
  private static final long TOO_SHORT_TO_TELL = 1_000_000; // ns; quadratic work takes far longer

  private Growth() {}

  /**
   * Checks that work takes less than eight times as long for four times the input.
   *
   * @param work the work for an input of some length, whose making is not measured
   * @param length large enough that its square takes a second or more
   */
  public static void assertLinear(IntFunction<Runnable> work, int length) {
    Runnable one = work.apply(length);
    Runnable four = work.apply(4 * length);
    long shortest = Long.MAX_VALUE;
    long shortestOfFour = Long.MAX_VALUE;
    for (int round = 1; round <= MOST_ROUNDS; round++) {
      shortest = Math.min(shortest, nanoseconds(one));
      shortestOfFour = Math.min(shortestOfFour, nanoseconds(four));
      if (round >= LEAST_ROUNDS && isLinear(shortest, shortestOfFour)) {
        return;
      }
    }
    assertThat(isLinear(shortest, shortestOfFour))
        .as("%d ns for %d, %d ns for four times as much", shortest, length, shortestOfFour)
        .isTrue();
  }

  private static boolean isLinear(long shortest, long shortestOfFour) {
    return shortestOfFour < TOO_SHORT_TO_TELL || shortestOfFour < 8 * shortest;
  }

  private static long nanoseconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }
}
