package io.adversight.attribution.internal;

import io.adversight.model.Objective;

/** The probability behind an objective, for methods whose paper measures confidence. */
public final class Confidence {
  private Confidence() {}

  /** The class probability for a class logit; any other objective as it is. */
  public static Objective of(Objective objective) {
    return objective instanceof Objective.Logit logit
        ? new Objective.Probability(logit.classes())
        : objective;
  }
}
