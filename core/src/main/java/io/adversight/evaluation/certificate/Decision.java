package io.adversight.evaluation.certificate;

/** Whether linear functions of the logits are proved to be above 0 in a region. */
sealed interface Decision {
  /** All of them are. */
  record Proved() implements Decision {}

  /**
   * The bound of one of them is not above 0.
   *
   * @param row which one
   */
  record Failed(int row) implements Decision {}

  /** The work for an answer exceeds the budget. */
  record Unknown() implements Decision {}
}
