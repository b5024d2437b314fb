package io.adversight.report.detection;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.evaluation.detection.Detector;
import io.adversight.metric.numeric.Proportion;
import io.adversight.metric.numeric.RocCurve;
import io.adversight.study.detection.CalibratedDetector;
import io.adversight.study.detection.DetectorSet;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What detectors make of scored images: false alarms, detection rates, ROC curves. */
final class DetectionTable {
  /**
   * An attack at one strength.
   *
   * @param attack its name
   * @param norm of its ball
   * @param epsilon its ball's size
   */
  record Condition(String attack, Norm norm, double epsilon) {
    @Override
    public String toString() {
      return attack + ", epsilon " + Epsilon.text(norm, epsilon);
    }
  }

  /**
   * One detector against one attack.
   *
   * @param tried images attacked
   * @param detected of those that became adversarial
   * @param evading images that became adversarial and were not detected, of all tried
   * @param roc adversarial against clean images; empty if none became adversarial
   */
  record Row(
      String detector,
      Condition condition,
      long tried,
      Proportion detected,
      Proportion evading,
      Optional<RocCurve> roc) {}

  private final Map<String, Proportion> alarms = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();

  /** Reads the scores of images, each with its clean row first. */
  DetectionTable(DetectorSet detectors, Norm norm, List<JsonNode> images) {
    List<String> names =
        detectors.scores().stream().map(algorithm -> algorithm.toString()).toList();
    List<List<Double>> clean = new ArrayList<>();
    Map<Condition, List<JsonNode>> attacked = new LinkedHashMap<>();
    for (JsonNode image : images) {
      for (JsonNode row : image.path("scored")) {
        String attack = Json.text(row, "attack");
        if (attack.isEmpty()) {
          clean.add(values(row, names));
        } else {
          attacked
              .computeIfAbsent(
                  new Condition(attack, norm, Json.number(row.path("epsilon"))),
                  c -> new ArrayList<>())
              .add(row);
        }
      }
    }
    for (CalibratedDetector detector : detectors.detectors()) {
      double[] negatives = combined(detector, clean, names);
      alarms.put(detector.name(), Detector.above(detector.threshold(), negatives));
      attacked.forEach((condition, all) -> add(detector, condition, all, negatives, names));
    }
  }

  private void add(
      CalibratedDetector detector,
      Condition condition,
      List<JsonNode> all,
      double[] negatives,
      List<String> names) {
    List<List<Double>> adversarial =
        all.stream()
            .filter(row -> row.path("adversarial").asBoolean())
            .map(row -> values(row, names))
            .toList();
    double[] positives = combined(detector, adversarial, names);
    Proportion detected = Detector.above(detector.threshold(), positives);
    long missed = detected.trials() - detected.successes();
    rows.add(
        new Row(
            detector.name(),
            condition,
            all.size(),
            detected,
            new Proportion(missed, all.size()),
            positives.length == 0
                ? Optional.empty()
                : Optional.of(RocCurve.of(positives, negatives))));
  }

  private static List<Double> values(JsonNode row, List<String> names) {
    return names.stream().map(name -> Json.number(row.path("scores").path(name))).toList();
  }

  private static double[] combined(
      CalibratedDetector detector, List<List<Double>> images, List<String> names) {
    return images.stream()
        .mapToDouble(
            values ->
                detector.combine(
                    detector.parts().stream()
                        .map(part -> values.get(names.indexOf(part.algorithm().toString())))
                        .toList()))
        .toArray();
  }

  /** Clean images called adversarial, by detector. */
  Map<String, Proportion> alarms() {
    return alarms;
  }

  /** One row per detector and condition. */
  List<Row> rows() {
    return rows;
  }

  /** The conditions in the order in which they were met. */
  List<Condition> conditions() {
    return rows.stream().map(Row::condition).distinct().toList();
  }
}
