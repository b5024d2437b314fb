package io.adversight.metric.numeric;

import io.adversight.describe.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Receiver operating characteristic of a score that should be high for positives. One point per
 * distinct score, from (0, 0) to (1, 1): equal scores of positives and negatives are one slanted
 * step, so that the area is the probability that a positive scores higher, ties counted half.
 *
 * @param points by falling threshold, the first with threshold +infinity
 */
public record RocCurve(List<Point> points) {
  /** Of a rate: less than a pixel of a plot. */
  private static final double TOO_NEAR = 0.002;

  /**
   * What happens if everything scoring at least {@code threshold} is called positive.
   *
   * @param falsePositiveRate share of negatives called positive
   * @param truePositiveRate share of positives called positive
   * @param threshold the smallest score that is called positive
   */
  public record Point(double falsePositiveRate, double truePositiveRate, double threshold) {}

  /** Copies the points. */
  public RocCurve {
    points = List.copyOf(points);
  }

  /**
   * The curve of scores.
   *
   * @throws IllegalArgumentException if either side is empty or a score is NaN
   */
  public static RocCurve of(double[] positives, double[] negatives) {
    double[] high = sorted(positives, "positives");
    double[] low = sorted(negatives, "negatives");
    List<Point> points = new ArrayList<>();
    points.add(new Point(0, 0, Double.POSITIVE_INFINITY));
    int p = high.length;
    int n = low.length;
    while (p > 0 || n > 0) {
      double threshold =
          Math.max(
              p > 0 ? high[p - 1] : Double.NEGATIVE_INFINITY,
              n > 0 ? low[n - 1] : Double.NEGATIVE_INFINITY);
      while (p > 0 && high[p - 1] == threshold) {
        p--;
      }
      while (n > 0 && low[n - 1] == threshold) {
        n--;
      }
      points.add(
          new Point(
              (double) (low.length - n) / low.length,
              (double) (high.length - p) / high.length,
              threshold));
    }
    return new RocCurve(points);
  }

  /** The points at which the curve turns, with both ends: lines between them draw all of it. */
  public List<Point> corners() {
    List<Point> corners = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      if (i == 0 || i == points.size() - 1 || turns(i)) {
        corners.add(points.get(i));
      }
    }
    return corners;
  }

  /** Corners, less those that are nearer to the one before than a plot can show. */
  public List<Point> drawn() {
    List<Point> apart = new ArrayList<>();
    for (Point corner : corners()) {
      Point last = apart.isEmpty() ? null : apart.get(apart.size() - 1);
      if (last == null
          || corner.falsePositiveRate() - last.falsePositiveRate() > TOO_NEAR
          || corner.truePositiveRate() - last.truePositiveRate() > TOO_NEAR) {
        apart.add(corner);
      }
    }
    Point end = points.get(points.size() - 1);
    if (!apart.get(apart.size() - 1).equals(end)) {
      apart.add(end);
    }
    return apart;
  }

  private boolean turns(int i) {
    return !straight(Point::falsePositiveRate, i) && !straight(Point::truePositiveRate, i);
  }

  private boolean straight(ToDoubleFunction<Point> rate, int i) {
    double here = rate.applyAsDouble(points.get(i));
    return rate.applyAsDouble(points.get(i - 1)) == here
        && rate.applyAsDouble(points.get(i + 1)) == here;
  }

  /** The area under the curve. */
  public double auc() {
    return Trapezoid.area(
        points.stream().mapToDouble(Point::falsePositiveRate).toArray(),
        points.stream().mapToDouble(Point::truePositiveRate).toArray());
  }

  /** The point of lowest threshold whose false positive rate is at most {@code rate}. */
  public Point atFalsePositiveRate(double rate) {
    Check.within(0.0, 1.0, rate, "rate");
    Point best = points.get(0);
    for (Point point : points) {
      if (point.falsePositiveRate() <= rate) {
        best = point;
      }
    }
    return best;
  }

  private static double[] sorted(double[] scores, String name) {
    if (scores.length == 0) {
      throw new IllegalArgumentException("a ROC curve needs at least one score among the " + name);
    }
    double[] sorted = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException("score %s of the %s is NaN".formatted(i, name));
      }
      sorted[i] = scores[i] + 0.0;
    }
    Arrays.sort(sorted);
    return sorted;
  }
}
