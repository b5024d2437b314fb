package io.adversight.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a training went, epoch by epoch.
 *
 * @param points in order of epochs
 */
public record TrainingCurve(List<Point> points) {
  private static final List<String> HEADER =
      List.of("epoch", "phase", "rate", "loss", "train_accuracy", "test_accuracy");

  public TrainingCurve {
    points = List.copyOf(points);
  }

  /**
   * One epoch.
   *
   * @param epoch counted from 1
   * @param phase its name
   * @param rate the learning rate at its end
   * @param loss mean over its steps
   * @param trainAccuracy on the augmented training images as they passed, under attack where the
   *     training is adversarial
   * @param testAccuracy on the test set at its end
   * @param terms means over its steps of the terms of the loss, by name; empty for a single term
   */
  public record Point(
      int epoch,
      String phase,
      double rate,
      double loss,
      double trainAccuracy,
      double testAccuracy,
      Map<String, Double> terms) {
    public Point {
      terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
    }
  }

  TrainingCurve with(Point point) {
    List<Point> more = new ArrayList<>(points);
    more.add(point);
    return new TrainingCurve(more);
  }

  /**
   * A table with a header line; numbers in full precision. The terms of losses have columns of
   * their own, empty in phases whose loss lacks them.
   */
  public String toCsv() {
    Set<String> terms = new LinkedHashSet<>();
    points.forEach(point -> terms.addAll(point.terms().keySet()));
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", Stream.concat(HEADER.stream(), terms.stream()).toList()));
    for (Point point : points) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  Integer.toString(point.epoch()),
                  point.phase(),
                  Double.toString(point.rate()),
                  Double.toString(point.loss()),
                  Double.toString(point.trainAccuracy()),
                  Double.toString(point.testAccuracy())));
      for (String term : terms) {
        Double value = point.terms().get(term);
        cells.add(value == null ? "" : value.toString());
      }
      lines.add(String.join(",", cells));
    }
    return String.join("\n", lines) + "\n";
  }

  /** The curve in a table that {@link #toCsv} made. */
  static TrainingCurve parse(String csv) {
    List<String[]> rows = csv.lines().map(line -> line.split(",", -1)).toList();
    List<Point> points = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      String[] cells = rows.get(i);
      Map<String, Double> terms = new LinkedHashMap<>();
      for (int column = HEADER.size(); column < cells.length; column++) {
        if (!cells[column].isEmpty()) {
          terms.put(rows.get(0)[column], Double.parseDouble(cells[column]));
        }
      }
      points.add(
          new Point(
              Integer.parseInt(cells[0]),
              cells[1],
              Double.parseDouble(cells[2]),
              Double.parseDouble(cells[3]),
              Double.parseDouble(cells[4]),
              Double.parseDouble(cells[5]),
              terms));
    }
    return new TrainingCurve(points);
  }
}
