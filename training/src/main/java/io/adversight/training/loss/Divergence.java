package io.adversight.training.loss;

import io.adversight.model.Activations;
import io.adversight.model.Objective;
import io.adversight.tensor.Tensor;

/**
 * The Kullback-Leibler divergence of softmax probabilities from given ones, KL(p || q), where q is
 * what is predicted.
 *
 * @param reference p as logarithms, (N, classes)
 */
record Divergence(Tensor reference) implements Objective {
  @Override
  public Objective select(int... images) {
    return new Divergence(reference.rows(images));
  }

  @Override
  public Tensor values(Activations activations) {
    return between(reference, activations.logits().logSoftmax(1));
  }

  /** KL(p || q) of each image, (N), of logarithms of probabilities (N, classes). */
  static Tensor between(Tensor p, Tensor q) {
    return p.exp().mul(p.sub(q)).sum(1).reshape(p.size(0));
  }
}
