package io.adversight.metric.numeric;

import io.adversight.describe.Check;

/**
 * Successes out of trials, such as the images classified right under attack.
 *
 * @param successes how many succeeded
 * @param trials how many were tried
 */
public record Proportion(long successes, long trials) {
  private static final int BISECTIONS = 60;

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

  /**
   * The one-sided lower bound of Clopper and Pearson (1934): the p at which so many successes or
   * more have the probability alpha, so that the true share is at least the bound with confidence 1
   * - alpha. 0 without successes.
   *
   * @param alpha in (0, 0.5]
   */
  public double lowerBound(double alpha) {
    Check.positive(alpha, "alpha");
    Check.within(0.0, 0.5, alpha, "alpha");
    if (successes == 0) {
      return 0;
    }
    double low = 0;
    double high = value();
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (atLeast(successes, middle) < alpha) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** {@code P(X >= k)} of a binomial X, for k / n of at least p: terms fall from the k-th on. */
  private double atLeast(long k, double p) {
    double logTerm = k * Math.log(p) + (trials - k) * Math.log1p(-p);
    for (long j = 1; j <= trials - k; j++) {
      logTerm += Math.log((double) (k + j) / j);
    }
    double term = Math.exp(logTerm);
    double sum = term;
    for (long i = k; i < trials && term > sum * 1e-17; i++) {
      term *= (double) (trials - i) / (i + 1) * p / (1 - p);
      sum += term;
    }
    return sum;
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
