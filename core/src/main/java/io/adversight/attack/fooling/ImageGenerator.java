package io.adversight.attack.fooling;

import io.adversight.model.Classifier;
import io.adversight.run.Checkpoint;
import io.adversight.run.Run;
import java.util.List;

/**
 * Generates fooling images: unrecognizable images that a network classifies with high confidence.
 */
public interface ImageGenerator {
  /**
   * One image for each of the given classes, in this order.
   *
   * @param checkpoint goes on from its last state, which must be of the same work; the result is
   *     the same as without a stop
   * @param run of size 1: randomness, progress and the sum of what is spent
   */
  List<FoolingImage> generate(
      Classifier classifier, List<Integer> classes, Checkpoint checkpoint, Run run);

  /** Images made in one go. */
  default List<FoolingImage> generate(Classifier classifier, List<Integer> classes, Run run) {
    return generate(classifier, classes, Checkpoint.NONE, run);
  }
}
