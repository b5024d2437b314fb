package io.adversight.visualization;

import io.adversight.tensor.Tensor;

/** How the numbers of a parameterisation follow the gradient of what is climbed. */
public interface Ascent {
  /**
   * The numbers after all steps.
   *
   * @param start (N, ...)
   */
  Tensor optimize(Tensor start, Optimization optimization);
}
