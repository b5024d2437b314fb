package io.adversight.report.detection;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.metric.numeric.RocCurve;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.plot.Plot;
import io.adversight.report.format.EpsilonAxis;
import io.adversight.report.format.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plots of detectors as PNG files by name: ROC curves, and detection rates against epsilon. */
final class DetectionPlots {
  private final DetectionTable table;
  private final Norm norm;
  private final Map<String, Plot> plots = new LinkedHashMap<>();

  private DetectionPlots(DetectionTable table, Norm norm) {
    this.norm = norm;
    this.table = table;
  }

  static Map<String, Plot> of(DetectionTable table, Norm norm) {
    DetectionPlots made = new DetectionPlots(table, norm);
    table.conditions().forEach(made::roc);
    table.conditions().stream()
        .map(DetectionTable.Condition::attack)
        .distinct()
        .forEach(made::rates);
    return made.plots;
  }

  private void roc(DetectionTable.Condition condition) {
    List<Line> lines = new ArrayList<>();
    for (DetectionTable.Row row : table.rows()) {
      if (row.condition().equals(condition) && row.roc().isPresent()) {
        List<RocCurve.Point> points = row.roc().get().corners();
        lines.add(
            new Line(
                row.detector(),
                points.stream().map(RocCurve.Point::falsePositiveRate).toList(),
                points.stream().map(RocCurve.Point::truePositiveRate).toList()));
      }
    }
    if (!lines.isEmpty()) {
      plots.put(
          "roc-%s-%s.png"
              .formatted(Names.file(condition.attack()), Epsilon.fileName(condition.epsilon())),
          LinePlot.of("ROC against " + condition, "false positive rate", "detection rate", lines)
              .within(0, 1)
              .withDiagonal());
    }
  }

  /** Detection rate against epsilon, one line per detector; only where there are several. */
  private void rates(String attack) {
    Map<String, List<DetectionTable.Row>> byDetector = new LinkedHashMap<>();
    for (DetectionTable.Row row : table.rows()) {
      if (row.condition().attack().equals(attack) && row.detected().trials() > 0) {
        byDetector.computeIfAbsent(row.detector(), d -> new ArrayList<>()).add(row);
      }
    }
    EpsilonAxis axis =
        EpsilonAxis.of(
            norm,
            byDetector.values().stream()
                .flatMap(List::stream)
                .map(row -> row.condition().epsilon())
                .toList());
    List<Line> lines = new ArrayList<>();
    byDetector.forEach(
        (detector, rows) -> {
          if (rows.size() > 1) {
            lines.add(
                new Line(
                    detector,
                    rows.stream().map(row -> axis.place(row.condition().epsilon())).toList(),
                    rows.stream().map(row -> row.detected().value()).toList()));
          }
        });
    if (!lines.isEmpty()) {
      plots.put(
          "rates-%s.png".formatted(Names.file(attack)),
          LinePlot.of("Detected: " + attack, axis.title(), "detection rate", lines).within(0, 1));
    }
  }
}
