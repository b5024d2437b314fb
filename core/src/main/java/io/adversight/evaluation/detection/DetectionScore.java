package io.adversight.evaluation.detection;

import io.adversight.run.Run;
import java.util.List;
import java.util.Optional;

/** A number that should be higher for adversarial images than for clean ones. */
public interface DetectionScore {
  /** The score of each image; never NaN, and the same for the same run alone or in a batch. */
  List<Double> scores(DetectorInputs suspects, Run run);

  /** What an attacker who knows this score can follow; empty if nothing differentiable is known. */
  default Optional<SurrogateScore> standIn() {
    return Optional.empty();
  }

  /** What reports call it. */
  default String name() {
    return getClass().getSimpleName();
  }
}
