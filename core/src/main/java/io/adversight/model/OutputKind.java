package io.adversight.model;

/** What the numbers that leave a network are. */
public enum OutputKind {
  /** Unnormalised scores; a softmax makes probabilities of them. */
  LOGITS,
  /** The softmax is already part of the network. */
  PROBABILITIES
}
