package io.adversight.attack.problem;

import io.adversight.tensor.Tensor;

/**
 * One forward and one backward pass at a batch of images.
 *
 * @param gradient of the loss with respect to the pixels, (N, C, H, W)
 * @param loss that the attack increases, (N)
 * @param logits (N, classes)
 */
public record GradientEvaluation(Tensor gradient, Tensor loss, Tensor logits) {
  /** The same pass with another gradient. */
  public GradientEvaluation with(Tensor otherGradient) {
    return new GradientEvaluation(otherGradient, loss, logits);
  }
}
