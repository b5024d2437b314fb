package io.adversight.study.detection;

import io.adversight.evaluation.detection.DetectionScore;
import io.adversight.evaluation.detection.StandardizedSum;
import io.adversight.metric.numeric.Proportion;
import java.util.List;

/**
 * A detector as it is kept in a file.
 *
 * @param name what reports call it
 * @param parts one score as it is, or several that are standardised and averaged
 * @param threshold an image that scores above it is called adversarial
 * @param heldOut clean images called adversarial among those the threshold was not found on
 */
public record CalibratedDetector(
    String name, List<ScorePart> parts, double threshold, Proportion heldOut) {
  /** Copies the parts. */
  public CalibratedDetector {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a detector needs at least one score");
    }
  }

  /** What this detector looks at. */
  public DetectionScore score() {
    return parts.size() == 1
        ? parts.get(0).score()
        : new StandardizedSum(
            parts.stream()
                .map(p -> new StandardizedSum.Part(p.score(), p.mean(), p.spread()))
                .toList());
  }

  /** The value of {@link #score()} from those of its parts, in their order. */
  public double combine(List<Double> values) {
    return combine(parts, values);
  }

  static double combine(List<ScorePart> parts, List<Double> values) {
    if (parts.size() == 1) {
      return values.get(0);
    }
    double sum = 0;
    for (int i = 0; i < parts.size(); i++) {
      ScorePart part = parts.get(i);
      sum += (values.get(i) - part.mean()) / (part.spread() == 0 ? 1 : part.spread());
    }
    return sum / parts.size();
  }
}
