package io.adversight.study.detection;

import io.adversight.catalog.Kind;
import io.adversight.evaluation.detection.DetectionScore;
import io.adversight.study.Algorithm;

/**
 * A score with how clean images score.
 *
 * @param algorithm the score, from the catalogue
 * @param mean of clean images
 * @param spread their standard deviation; 0 where all are alike
 */
public record ScorePart(Algorithm algorithm, double mean, double spread) {
  /** The score itself. */
  public DetectionScore score() {
    return algorithm.create(DetectionScore.class, Kind.DETECTION_SCORE);
  }
}
