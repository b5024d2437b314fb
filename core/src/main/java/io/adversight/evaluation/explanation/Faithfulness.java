package io.adversight.evaluation.explanation;

import io.adversight.run.Run;
import java.util.List;
import java.util.Optional;

/** How faithful the explanations of some images are to the network. */
public interface Faithfulness {
  /** The finding for each image. */
  List<Finding> of(ExplainedBatch subject, Run run);

  /** Whether large numbers are good. */
  boolean largeIsGood();

  /**
   * What was found for one image.
   *
   * @param value the number
   * @param curve that it was read from, where there is one
   */
  record Finding(double value, Optional<Curve> curve) {
    static Finding of(double value) {
      return new Finding(value, Optional.empty());
    }
  }
}
