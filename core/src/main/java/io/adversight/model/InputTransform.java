package io.adversight.model;

import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/** What is done to images before a network sees them, such as a defence. */
public interface InputTransform {
  /**
   * The images that the network is given in place of {@code images}, (N, C, H, W) in [0, 1];
   * recorded if {@code images} are.
   *
   * @param run random numbers of each image
   */
  Tensor of(Tensor images, Run run);

  /** Whether it draws random numbers. */
  boolean isRandom();

  /** Whether it solves an optimization problem for every image. */
  default boolean isOptimization() {
    return false;
  }

  /** Whether gradients pass it by its own gradient, not straight through. */
  default boolean isDifferentiable() {
    return true;
  }

  /** How gradients pass it, in words; empty where that is its own gradient. */
  String gradients();
}
