package io.adversight.evaluation;

import io.adversight.run.Run;
import java.util.List;

/** A number that should be higher for adversarial pictures than for clean ones. */
public interface DetectionScore {
  /** The score of each picture; never NaN, and the same for the same run alone or in a batch. */
  List<Double> scores(Suspects suspects, Run run);

  /** What reports call it. */
  default String name() {
    return getClass().getSimpleName();
  }
}
