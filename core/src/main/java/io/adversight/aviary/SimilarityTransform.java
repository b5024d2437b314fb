package io.adversight.aviary;

/**
 * Where something is drawn: maps its own coordinates to the image's. Made of moves, turns, equal
 * scalings and mirroring, so that lengths all grow by one factor.
 */
record SimilarityTransform(double xx, double xy, double yx, double yy, double dx, double dy) {
  /** The image itself. */
  static final SimilarityTransform IMAGE = new SimilarityTransform(1, 0, 0, 1, 0, 0);

  Point of(double x, double y) {
    return new Point(xx * x + xy * y + dx, yx * x + yy * y + dy);
  }

  SimilarityTransform moved(double x, double y) {
    Point to = of(x, y);
    return new SimilarityTransform(xx, xy, yx, yy, to.x(), to.y());
  }

  /** Turned so that its right points {@code degrees} upwards. */
  SimilarityTransform raised(double degrees) {
    double angle = StrictMath.toRadians(degrees);
    double c = StrictMath.cos(angle);
    double s = StrictMath.sin(angle);
    return new SimilarityTransform(
        c * xx - s * xy, s * xx + c * xy, c * yx - s * yy, s * yx + c * yy, dx, dy);
  }

  SimilarityTransform scaled(double factor) {
    return new SimilarityTransform(factor * xx, factor * xy, factor * yx, factor * yy, dx, dy);
  }

  /** Left and right swapped. */
  SimilarityTransform mirrored() {
    return new SimilarityTransform(-xx, xy, -yx, yy, dx, dy);
  }

  /** How long a unit is in the image. */
  double scale() {
    return Math.sqrt(Math.abs(xx * yy - xy * yx));
  }
}
