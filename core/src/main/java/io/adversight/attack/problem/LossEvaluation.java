package io.adversight.attack.problem;

import io.adversight.tensor.Tensor;

/**
 * One forward pass at a batch of images.
 *
 * @param loss that the attack increases, (N)
 * @param logits (N, classes)
 */
public record LossEvaluation(Tensor loss, Tensor logits) {}
