package io.adversight.experiments;

/** What a measurement says about a claim. */
public enum Verdict {
  /** All its checks are met. */
  HOLDS("holds"),
  /** Some of its checks are met. */
  HOLDS_IN_PART("holds in part"),
  /** None of its checks is met. */
  DOES_NOT_HOLD("does not hold"),
  /** It has no checks, or a number that one needs cannot be measured here. */
  NOT_TESTABLE("not testable here"),
  /** Its experiment was never run. */
  NOT_MEASURED("not measured yet");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** As reports print it. */
  public String words() {
    return words;
  }
}
