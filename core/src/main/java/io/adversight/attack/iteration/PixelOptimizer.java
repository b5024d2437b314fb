package io.adversight.attack.iteration;

import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.Tensor;

/** One variable per image that goes down a gradient, step by step. */
public interface PixelOptimizer {
  /** Where it is. */
  Tensor value();

  /** Goes a step down. */
  void step(Tensor gradient);

  /** Goes on from another value, such as a projected one. */
  void move(Tensor next);

  /** What is carried for each image. */
  LoopVariable[] state();
}
