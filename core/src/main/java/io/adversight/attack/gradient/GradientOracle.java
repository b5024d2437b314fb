package io.adversight.attack.gradient;

import io.adversight.attack.problem.GradientEvaluation;

/** Answers with the gradient of the loss: the network itself, or what transforms make of it. */
@FunctionalInterface
public interface GradientOracle {
  /** The gradient with respect to the query's images, their loss and their logits. */
  GradientEvaluation gradient(GradientQuery query);
}
