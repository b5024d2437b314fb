package io.adversight.aviary;

/** An area of an image. */
interface Area {
  /** About how far a place is from the border: negative inside, positive outside. */
  double distance(double x, double y);

  /** A box around the area. */
  Box box();

  /** What is in both. */
  default Area within(Area other) {
    return new Common(this, other);
  }

  /** A box with sides along the image's. */
  record Box(double left, double top, double right, double bottom) {
    Box and(Box other) {
      return new Box(
          Math.min(left, other.left),
          Math.min(top, other.top),
          Math.max(right, other.right),
          Math.max(bottom, other.bottom));
    }
  }

  /** What two shapes have in common. */
  record Common(Area one, Area other) implements Area {
    @Override
    public double distance(double x, double y) {
      return Math.max(one.distance(x, y), other.distance(x, y));
    }

    @Override
    public Box box() {
      return one.box();
    }
  }
}
