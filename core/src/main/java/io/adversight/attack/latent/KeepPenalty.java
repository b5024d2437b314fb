package io.adversight.attack.latent;

import io.adversight.describe.Check;

/**
 * How the weight k of J1, the loss of losing the attacked network's label, follows the losses from
 * step to step (after Tang et al. 2019, section 3.3): k grows while J1 exceeds its bound by more
 * than the loss J2 of the target class, and falls otherwise:
 *
 * <pre>k &lt;- min(largest, max(0, k + growth (balance J1 - J2 + max(J1 - bound, 0))))</pre>
 *
 * @param growth speed of k
 * @param balance weight of J1 within its bound
 * @param bound of J1 that is tolerated, in nats
 * @param largest k; 0 ignores the attacked network
 */
public record KeepPenalty(double growth, double balance, double bound, double largest) {
  /** The attacked network is ignored. */
  public static final KeepPenalty NONE = new KeepPenalty(0, 0, 0, 0);

  public KeepPenalty {
    Check.atLeast(0.0, growth, "growth");
    Check.atLeast(0.0, balance, "balance");
    Check.atLeast(0.0, bound, "bound");
    Check.atLeast(0.0, largest, "largest");
  }

  /** The weight after a step with these losses. */
  double next(double weight, double kept, double target) {
    double change = balance * kept - target + Math.max(kept - bound, 0);
    return Math.min(largest, Math.max(0, weight + growth * change));
  }
}
