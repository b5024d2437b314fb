package io.adversight.evaluation.detection;

import io.adversight.describe.Check;
import io.adversight.metric.numeric.Proportion;
import io.adversight.metric.numeric.RocCurve;
import io.adversight.run.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Tells adversarial images from clean ones by a score and a threshold that was found on clean
 * images. An attacker who knows the score can lower it together with the attack's own aim: what a
 * report says holds for attacks that do not know it.
 *
 * @param score what is looked at
 * @param threshold an image that scores above it is called adversarial
 * @param falsePositiveRate the share of clean images that may be called so
 * @param calibratedOn how many clean images the threshold was found on
 */
public record Detector(
    DetectionScore score, double threshold, double falsePositiveRate, int calibratedOn) {
  /** The lowest threshold that at most the given share of clean images exceeds. */
  public static Detector calibrate(DetectionScore score, ImageSet clean, double falsePositiveRate) {
    List<Double> scores = clean.scores(score);
    return new Detector(
        score, threshold(scores, falsePositiveRate), falsePositiveRate, scores.size());
  }

  /** The lowest of the scores that at most the given share of them exceeds. */
  public static double threshold(List<Double> scores, double falsePositiveRate) {
    Check.within(0.0, 1.0, falsePositiveRate, "falsePositiveRate");
    List<Double> falling = new ArrayList<>(scores);
    falling.sort(Collections.reverseOrder());
    int allowed = (int) Math.floor(falsePositiveRate * falling.size() + 1e-9);
    return allowed < falling.size() ? falling.get(allowed) : Double.NEGATIVE_INFINITY;
  }

  /** Whether each image is called adversarial. */
  public List<Boolean> detect(DetectorInputs suspects, Run run) {
    return score.scores(suspects, run).stream().map(value -> value > threshold).toList();
  }

  /**
   * Adversarial images of one attack.
   *
   * @param attack its name
   * @param epsilon its strength; 0 where there is none
   * @param images and their originals
   */
  public record Attacked(String attack, double epsilon, ImageSet images) {}

  /**
   * How one attack is detected.
   *
   * @param score the score's name
   * @param detected images called adversarial at the threshold
   * @param roc of the attacked against the clean images
   * @param auc the area under it
   */
  public record Row(
      String score, String attack, double epsilon, Proportion detected, RocCurve roc, double auc) {}

  /**
   * How a detector does on images it was not calibrated on.
   *
   * @param falsePositives clean images called adversarial
   * @param rows one per attack
   */
  public record Report(String score, Proportion falsePositives, List<Row> rows) {
    /** Copies the rows. */
    public Report {
      rows = List.copyOf(rows);
    }
  }

  /** Measures this detector on held-out clean images and on attacked ones. */
  public Report evaluate(ImageSet clean, List<Attacked> attacks) {
    double[] negatives = values(clean);
    List<Row> rows = new ArrayList<>();
    for (Attacked attacked : attacks) {
      double[] positives = values(attacked.images());
      RocCurve roc = RocCurve.of(positives, negatives);
      rows.add(
          new Row(
              score.name(),
              attacked.attack(),
              attacked.epsilon(),
              above(threshold, positives),
              roc,
              roc.auc()));
    }
    return new Report(score.name(), above(threshold, negatives), rows);
  }

  private double[] values(ImageSet images) {
    return images.scores(score).stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The values above a threshold. */
  public static Proportion above(double threshold, double[] values) {
    long count = 0;
    for (double value : values) {
      count += value > threshold ? 1 : 0;
    }
    return new Proportion(count, values.length);
  }
}
