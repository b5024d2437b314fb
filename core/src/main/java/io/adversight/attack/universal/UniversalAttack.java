package io.adversight.attack.universal;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.data.DataSet;
import io.adversight.model.Classifier;
import io.adversight.run.Checkpoint;
import io.adversight.run.Run;

/** Looks for one change that fools a network on most images. */
public interface UniversalAttack {
  /**
   * Checks what can be known before any image is seen.
   *
   * @throws io.adversight.input.InputException if it cannot work in the ball's norm
   */
  default void check(Norm norm) {}

  /**
   * A change made on the images of a set, which have the size that the network takes.
   *
   * @param ball its norm; what is not a perturbation of all pixels, such as a patch, ignores it
   * @param checkpoint goes on from its last state, which must be of the same work; the result is
   *     the same as without a stop
   * @param run of size 1: randomness, progress and the sum of what is spent
   */
  Universal craft(Classifier classifier, DataSet images, Ball ball, Checkpoint checkpoint, Run run);

  /** A change made in one go. */
  default Universal craft(Classifier classifier, DataSet images, Ball ball, Run run) {
    return craft(classifier, images, ball, Checkpoint.NONE, run);
  }
}
