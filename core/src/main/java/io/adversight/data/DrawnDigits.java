package io.adversight.data;

import io.adversight.data.DigitStrokes.Point;
import io.adversight.data.DigitStrokes.Stroke;
import io.adversight.describe.Check;
import io.adversight.image.Raster;
import io.adversight.tensor.Rng;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The project's own handwritten digits: a pen follows strokes with a hand that shakes, slants and
 * presses a little differently each time. White on black, the digit's height about 20 of 28 rows,
 * as in MNIST (LeCun et al. 1998, section III.A).
 */
public final class DrawnDigits {
  private static final int STEPS_PER_BEND = 12;

  private DrawnDigits() {}

  /**
   * A digit written by one of many hands; the same arguments give the same image.
   *
   * @param digit 0 to 9
   * @param hand any number
   * @param side rows and columns of the image, at least 14
   * @return one channel in [0, 1]
   */
  public static Raster draw(int digit, long hand, int side) {
    Check.within(0, 9, digit, "digit");
    Check.within(14, 4096, side, "side");
    SplittableRandom random = new Rng(hand).split(digit).generator();
    int form = random.nextInt(DigitStrokes.forms(digit));
    double height = side * between(random, 17.5, 19.5) / 28;
    double width = height * between(random, 0.85, 1.1);
    double slant = between(random, -0.05, 0.3);
    double turn = between(random, -0.07, 0.07);
    double pen = side * between(random, 1.15, 1.75) / 28;
    Map<Point, Point> shaken = new HashMap<>();
    List<List<Point>> lines = new ArrayList<>();
    for (Stroke stroke : DigitStrokes.of(digit, form)) {
      List<Point> points = new ArrayList<>();
      for (Point point : stroke.points()) {
        // Strokes that meet in a point still do.
        Point moved = shaken.computeIfAbsent(point, p -> shake(p, random));
        double x = (moved.x() - 0.35 + slant * (0.5 - moved.y())) * width;
        double y = (moved.y() - 0.5) * height;
        points.add(
            new Point(
                x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)));
      }
      lines.add(stroke.smooth() ? bent(points) : points);
    }
    double reach = pen + 0.5;
    Point middle = middle(lines);
    double centre = (side - 1) / 2.0;
    return Raster.generate(
        1,
        side,
        side,
        (c, y, x) -> {
          double px = x - centre + middle.x();
          double py = y - centre + middle.y();
          return Math.min(1, reach - distance(lines, px, py, reach));
        });
  }

  /** {@link #draw(int, long, int)} at MNIST's size, 28 x 28. */
  public static Raster draw(int digit, long hand) {
    return draw(digit, hand, 28);
  }

  private static double between(SplittableRandom random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private static Point shake(Point point, SplittableRandom random) {
    return new Point(
        point.x() + between(random, -0.03, 0.03), point.y() + between(random, -0.03, 0.03));
  }

  /** A curve through the points: Catmull and Rom's spline, in short straight pieces. */
  private static List<Point> bent(List<Point> points) {
    List<Point> line = new ArrayList<>();
    int last = points.size() - 1;
    boolean closed = points.get(0).equals(points.get(last));
    Point lead = points.get(closed ? last - 1 : 0);
    Point tail = points.get(closed ? 1 : last);
    for (int i = 0; i < last; i++) {
      Point before = i == 0 ? lead : points.get(i - 1);
      Point from = points.get(i);
      Point to = points.get(i + 1);
      Point after = i + 2 > last ? tail : points.get(i + 2);
      for (int step = 0; step < STEPS_PER_BEND; step++) {
        double t = (double) step / STEPS_PER_BEND;
        line.add(
            new Point(
                spline(before.x(), from.x(), to.x(), after.x(), t),
                spline(before.y(), from.y(), to.y(), after.y(), t)));
      }
    }
    line.add(points.get(last));
    return line;
  }

  private static double spline(double before, double from, double to, double after, double t) {
    double linear = (to - before) / 2;
    double square = before - 2.5 * from + 2 * to - after / 2;
    double cube = (after - before) / 2 + 1.5 * (from - to);
    return from + t * (linear + t * (square + t * cube));
  }

  /** The middle of the smallest box around the lines. */
  private static Point middle(List<List<Point>> lines) {
    DoubleSummaryStatistics x = new DoubleSummaryStatistics();
    DoubleSummaryStatistics y = new DoubleSummaryStatistics();
    for (List<Point> line : lines) {
      for (Point point : line) {
        x.accept(point.x());
        y.accept(point.y());
      }
    }
    return new Point((x.getMin() + x.getMax()) / 2, (y.getMin() + y.getMax()) / 2);
  }

  /** How far a place is from the nearest line, at most {@code reach}. */
  private static double distance(List<List<Point>> lines, double x, double y, double reach) {
    double nearest = reach;
    for (List<Point> line : lines) {
      for (int i = 1; i < line.size(); i++) {
        nearest = Math.min(nearest, distance(line.get(i - 1), line.get(i), x, y, nearest));
      }
    }
    return nearest;
  }

  /**
   * Of a place from a piece of a line; infinite if it is easily seen to be {@code reach} or more.
   */
  private static double distance(Point a, Point b, double x, double y, double reach) {
    double dx = b.x() - a.x();
    double dy = b.y() - a.y();
    double square = dx * dx + dy * dy;
    double along = square == 0 ? 0 : ((x - a.x()) * dx + (y - a.y()) * dy) / square;
    double t = Math.max(0, Math.min(1, along));
    double acrossX = x - a.x() - t * dx;
    double acrossY = y - a.y() - t * dy;
    return Math.max(Math.abs(acrossX), Math.abs(acrossY)) >= reach
        ? Double.POSITIVE_INFINITY
        : Math.hypot(acrossX, acrossY);
  }
}
