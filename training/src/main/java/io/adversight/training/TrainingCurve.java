package io.adversight.training;

import java.util.ArrayList;
import java.util.List;

/**
 * How a training went, epoch by epoch.
 *
 * @param points in order of epochs
 */
public record TrainingCurve(List<Point> points) {
  private static final String HEADER = "epoch,phase,rate,loss,train_accuracy,test_accuracy";

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
   * @param trainAccuracy on the augmented training images as they passed
   * @param testAccuracy on the test set at its end
   */
  public record Point(
      int epoch,
      String phase,
      double rate,
      double loss,
      double trainAccuracy,
      double testAccuracy) {}

  TrainingCurve with(Point point) {
    List<Point> more = new ArrayList<>(points);
    more.add(point);
    return new TrainingCurve(more);
  }

  /** A table with a header line; numbers in full precision. */
  public String toCsv() {
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    for (Point point : points) {
      csv.append(point.epoch())
          .append(',')
          .append(point.phase())
          .append(',')
          .append(point.rate())
          .append(',')
          .append(point.loss())
          .append(',')
          .append(point.trainAccuracy())
          .append(',')
          .append(point.testAccuracy())
          .append('\n');
    }
    return csv.toString();
  }

  /** The curve in a table that {@link #toCsv} made. */
  static TrainingCurve parse(String csv) {
    List<Point> points = new ArrayList<>();
    for (String line : csv.lines().skip(1).toList()) {
      String[] cells = line.split(",", -1);
      points.add(
          new Point(
              Integer.parseInt(cells[0]),
              cells[1],
              Double.parseDouble(cells[2]),
              Double.parseDouble(cells[3]),
              Double.parseDouble(cells[4]),
              Double.parseDouble(cells[5])));
    }
    return new TrainingCurve(points);
  }
}
