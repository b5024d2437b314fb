package io.adversight.aviary;

import java.util.ArrayList;
import java.util.List;

/**
 * What a brush leaves that moves along straight pieces while it is pressed more or less: a circle,
 * a feather, a leaf, a beak, a branch.
 */
final class Stroke implements Area {
  private static final int PIECES = 6;

  private final double[] x;
  private final double[] y;
  private final double[] radius;

  private Stroke(List<Point> points, double[] radius) {
    this.x = points.stream().mapToDouble(Point::x).toArray();
    this.y = points.stream().mapToDouble(Point::y).toArray();
    this.radius = radius;
  }

  static Stroke circle(Point middle, double radius) {
    return new Stroke(List.of(middle), new double[] {radius});
  }

  static Stroke between(Point from, double radius, Point to, double end) {
    return new Stroke(List.of(from, to), new double[] {radius, end});
  }

  /**
   * A brush that turns at its points.
   *
   * @param numbers x, y and radius of each point in turn
   */
  static Stroke through(SimilarityTransform place, double... numbers) {
    List<Point> points = new ArrayList<>();
    double[] radii = new double[numbers.length / 3];
    for (int i = 0; i < radii.length; i++) {
      points.add(place.of(numbers[3 * i], numbers[3 * i + 1]));
      radii[i] = place.scale() * numbers[3 * i + 2];
    }
    return new Stroke(points, radii);
  }

  /** A brush that bends from one point to another, drawn aside by a third. */
  static Stroke bent(Point from, Point aside, Point to, double... radii) {
    List<Point> points = new ArrayList<>();
    double[] along = new double[PIECES + 1];
    for (int i = 0; i <= PIECES; i++) {
      double t = (double) i / PIECES;
      points.add(from.towards(aside, t).towards(aside.towards(to, t), t));
      double at = t * (radii.length - 1);
      int left = Math.min((int) at, radii.length - 2);
      along[i] = radii[left] + (at - left) * (radii[left + 1] - radii[left]);
    }
    return new Stroke(points, along);
  }

  /** A narrow leaf or feather: pointed at both ends, widest a little before its middle. */
  static Stroke leaf(Point from, Point aside, Point to, double radius) {
    return bent(
        from,
        aside,
        to,
        0.25 * radius,
        0.85 * radius,
        radius,
        0.95 * radius,
        0.7 * radius,
        0.1 * radius);
  }

  @Override
  public double distance(double px, double py) {
    double nearest = Double.POSITIVE_INFINITY;
    if (x.length == 1) {
      return length(px - x[0], py - y[0]) - radius[0];
    }
    for (int i = 1; i < x.length; i++) {
      double dx = x[i] - x[i - 1];
      double dy = y[i] - y[i - 1];
      double square = dx * dx + dy * dy;
      double along = square == 0 ? 0 : ((px - x[i - 1]) * dx + (py - y[i - 1]) * dy) / square;
      double t = along < 0 ? 0 : Math.min(along, 1);
      double away = length(px - x[i - 1] - t * dx, py - y[i - 1] - t * dy);
      nearest = Math.min(nearest, away - radius[i - 1] - t * (radius[i] - radius[i - 1]));
    }
    return nearest;
  }

  private static double length(double dx, double dy) {
    return Math.sqrt(dx * dx + dy * dy);
  }

  @Override
  public Box box() {
    Box box = around(0);
    for (int i = 1; i < x.length; i++) {
      box = box.and(around(i));
    }
    return box;
  }

  private Box around(int i) {
    return new Box(x[i] - radius[i], y[i] - radius[i], x[i] + radius[i], y[i] + radius[i]);
  }
}
