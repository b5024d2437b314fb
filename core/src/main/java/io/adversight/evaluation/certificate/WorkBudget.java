package io.adversight.evaluation.certificate;

/** How many multiplications the certificates of one image may take, which bounds their time. */
final class WorkBudget {
  /** Some minutes on one core, in double precision. */
  private static final double USUAL = 5e12;

  private double left;

  WorkBudget(double multiplications) {
    left = multiplications;
  }

  static WorkBudget usual() {
    return new WorkBudget(USUAL);
  }

  /** Takes what a piece of work needs, if that much is left; otherwise takes nothing. */
  boolean spend(double multiplications) {
    boolean enough = multiplications <= left;
    left -= enough ? multiplications : 0;
    return enough;
  }

  /** What is left. */
  double left() {
    return left;
  }
}
