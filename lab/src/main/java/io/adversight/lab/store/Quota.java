package io.adversight.lab.store;

import io.adversight.describe.Check;
import io.adversight.input.InputException;

/**
 * What a lab keeps on its disk for its users.
 *
 * @param networks how many of those that were added or fetched
 * @param runs how many, whatever their state
 * @param bytes of all of them together
 */
public record Quota(int networks, int runs, long bytes) {
  /** The most runs that can be asked for: all of them are listed on one page. */
  public static final int RUNS_AT_MOST = 1000;

  /** Enough for a class, and less than any disk of today. */
  public static final Quota USUAL = new Quota(100, 200, 20L << 30);

  public Quota {
    Check.atLeast(1, networks, "networks");
    Check.within(1, RUNS_AT_MOST, runs, "runs");
    if (bytes < 1) {
      throw new InputException(
          "a lab needs room for networks and runs, but got %s".formatted(bytes));
    }
  }
}
