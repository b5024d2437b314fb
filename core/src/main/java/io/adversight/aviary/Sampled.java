package io.adversight.aviary;

/** A shape whose distances at the middles of pixels are computed once. */
final class Sampled implements Area {
  private final int side;
  private final int left;
  private final int top;
  private final int columns;
  private final double[] distances;
  private final Box box;

  Sampled(Area shape, int side) {
    this.side = side;
    this.box = shape.box();
    this.left = (int) Math.floor(box.left() * side) - 3;
    this.top = (int) Math.floor(box.top() * side) - 3;
    this.columns = (int) Math.ceil(box.right() * side) + 3 - left;
    int rows = (int) Math.ceil(box.bottom() * side) + 3 - top;
    this.distances = new double[rows * columns];
    for (int i = 0; i < distances.length; i++) {
      distances[i] =
          shape.distance((left + i % columns + 0.5) / side, (top + i / columns + 0.5) / side);
    }
  }

  @Override
  public double distance(double x, double y) {
    int column = Math.max(0, Math.min(columns - 1, (int) Math.floor(x * side) - left));
    int row =
        Math.max(0, Math.min(distances.length / columns - 1, (int) Math.floor(y * side) - top));
    return distances[row * columns + column];
  }

  /** The distance between the pixels' middles. */
  double step() {
    return 1.0 / side;
  }

  @Override
  public Box box() {
    return box;
  }
}
