package io.adversight.attack;

/** Answers with the gradient of the loss: the network itself, or what transforms make of it. */
@FunctionalInterface
public interface GradientOracle {
  /** The gradient with respect to the query's images, their loss and their logits. */
  Slope gradient(GradientQuery query);
}
