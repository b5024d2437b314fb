package io.adversight.attack.problem;

import io.adversight.model.Objective;
import java.util.List;

/** What a gradient attack increases for an untargeted goal, and decreases for a targeted one. */
public enum Loss {
  /** The cross-entropy -log p_y. */
  CROSS_ENTROPY,
  /** max over i other than y of z_i - z_y, of Carlini and Wagner. */
  MARGIN,
  /** The negative logit -z_y. */
  LOGIT,
  /** The difference of logits ratio of Croce and Hein 2020; towards a target its targeted form. */
  DLR;

  /** This loss of the given classes: the labels, or the targets. */
  public Objective of(List<Integer> classes) {
    return switch (this) {
      case CROSS_ENTROPY -> new Objective.CrossEntropy(classes);
      case MARGIN -> new Objective.Margin(classes).negate();
      case LOGIT -> new Objective.Logit(classes).negate();
      case DLR -> new Dlr(classes);
    };
  }

  /** What an attack increases to bring images from their labels to targets. */
  Objective towards(List<Integer> labels, List<Integer> targets) {
    return this == DLR ? new TargetedDlr(labels, targets) : of(targets).negate();
  }
}
