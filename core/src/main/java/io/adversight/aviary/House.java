package io.adversight.aviary;

/**
 * A house seen from afar, from its roof down to the image's edge.
 *
 * @param pitch how steep its roof is; 0 if it is flat
 */
record House(double left, double right, double top, double pitch) implements Area {
  @Override
  public double distance(double x, double y) {
    double middle = (left + right) / 2;
    double roof = top + pitch * Math.abs(x - middle);
    return Math.max(Math.max(left - x, x - right), (roof - y) / Math.sqrt(1 + pitch * pitch));
  }

  @Override
  public Box box() {
    return new Box(left, top, right, 1);
  }
}
