package io.adversight.attack;

import io.adversight.tensor.Tensor;

/**
 * One forward and one backward pass at a batch of images.
 *
 * @param gradient of the loss with respect to the pixels, (N, C, H, W)
 * @param loss that the attack increases, (N)
 * @param logits (N, classes)
 */
public record Slope(Tensor gradient, Tensor loss, Tensor logits) {
  /** The same pass with another gradient. */
  Slope with(Tensor otherGradient) {
    return new Slope(otherGradient, loss, logits);
  }
}
