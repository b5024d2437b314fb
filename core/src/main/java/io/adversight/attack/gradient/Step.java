package io.adversight.attack.gradient;

import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * One step of an iterative attack, before the projection.
 *
 * @param change what is added to the images, (N, C, H, W)
 * @param loss before the step, (N)
 * @param memory tensors with N rows that the rule wants to see at its next step
 */
record Step(Tensor change, Tensor loss, List<Tensor> memory) {
  Step {
    memory = List.copyOf(memory);
  }
}
