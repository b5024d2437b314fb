package io.adversight.metric.numeric;

import io.adversight.describe.Check;

/**
 * Successes out of trials, such as the images classified right under attack.
 *
 * @param successes how many succeeded
 * @param trials how many were tried
 */
public record Proportion(long successes, long trials) {
  /** Checks {@code 0 <= successes <= trials}. */
  public Proportion {
    Check.atLeast(0, trials, "trials");
    Check.within(0, trials, successes, "successes");
  }

  /** Successes over trials; 0 without trials, whose {@link #wilson} interval is [0, 1]. */
  public double value() {
    return trials == 0 ? 0 : (double) successes / trials;
  }

  /** Both together. */
  public Proportion plus(Proportion other) {
    return new Proportion(successes + other.successes, trials + other.trials);
  }

  /** The 95 % Wilson interval. */
  public Interval wilson() {
    return wilson(0.95);
  }

  /**
   * The score interval of Wilson (1927): all p with {@code |p^ - p| <= z sqrt(p (1 - p) / n)}, z
   * the normal quantile at (1 + confidence) / 2.
   *
   * @param confidence in (0, 1)
   */
  public Interval wilson(double confidence) {
    Check.positive(confidence, "confidence");
    if (!(confidence < 1)) {
      throw new IllegalArgumentException("confidence must be below 1, but was " + confidence);
    }
    if (trials == 0) {
      return new Interval(0, 1);
    }
    double z = NormalDistribution.quantile((1 + confidence) / 2);
    double n = trials;
    double p = value();
    double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    double half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return new Interval(
        successes == 0 ? 0 : Math.max(0, middle - half),
        successes == trials ? 1 : Math.min(1, middle + half));
  }
}
