package io.adversight.evaluation.detection;

import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * A differentiable number that falls and rises with a score that is not: what an attacker who knows
 * the score follows.
 */
@FunctionalInterface
public interface SurrogateScore {
  /**
   * The number of each image, shape (N), recorded from {@code suspects.pixels()}.
   *
   * @param turn the attacker's step, so that a score of many parts can show one at a time
   */
  Tensor values(DetectorInputs suspects, int turn, Run run);
}
