package io.adversight.study.evaluation;

/** How much an evaluation spends. */
public enum Budget {
  /** A first impression. */
  QUICK,
  /** AutoAttack as its authors set it. */
  STANDARD,
  /** Twice the steps, and larger subsets. */
  THOROUGH;

  /**
   * What attacks spend that are made on all images.
   *
   * @param steps gradient steps of Auto-PGD, and of FAB per target
   * @param targets classes that targeted attacks try
   * @param square queries of the Square attack
   * @param nearest gradient steps of the fast minimum-norm attack
   */
  public record Passes(int steps, int targets, int square, int nearest) {}

  /**
   * What attacks spend that are made on a subset.
   *
   * @param estimated queries of the attack that estimates gradients
   * @param decisions queries of the attack that sees labels only
   * @param draws of random noise
   */
  public record Queries(int estimated, int decisions, int draws) {}

  /**
   * How many images subsets have.
   *
   * @param attacked by attacks with many queries
   * @param noise to which random noise is added
   * @param certified for which bounds are computed
   */
  public record Subsets(int attacked, int noise, int certified) {}

  /** What attacks spend that are made on all images. */
  public Passes passes() {
    return switch (this) {
      case QUICK -> new Passes(20, 3, 500, 100);
      case STANDARD -> new Passes(100, 9, 5000, 200);
      case THOROUGH -> new Passes(200, 9, 10_000, 1000);
    };
  }

  /** What attacks spend that are made on a subset. */
  public Queries queries() {
    return switch (this) {
      case QUICK -> new Queries(500, 1000, 1000);
      case STANDARD -> new Queries(5000, 5000, 10_000);
      case THOROUGH -> new Queries(25_800, 25_000, 10_000);
    };
  }

  /** How many images subsets have. */
  public Subsets subsets() {
    return switch (this) {
      case QUICK -> new Subsets(10, 5, 3);
      case STANDARD -> new Subsets(20, 5, 5);
      case THOROUGH -> new Subsets(100, 100, 20);
    };
  }
}
