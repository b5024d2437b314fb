package io.adversight.aviary;

import java.util.List;

/**
 * Several shapes grown together, as a neck grows out of a body.
 *
 * @param softness how far the places where they meet are filled
 */
record Blend(List<Area> shapes, double softness) implements Area {
  @Override
  public double distance(double x, double y) {
    double sum = shapes.get(0).distance(x, y);
    for (int i = 1; i < shapes.size(); i++) {
      double next = shapes.get(i).distance(x, y);
      double near = Math.max(softness - Math.abs(sum - next), 0) / softness;
      sum = Math.min(sum, next) - near * near * softness / 4;
    }
    return sum;
  }

  @Override
  public Box box() {
    Box box = shapes.get(0).box();
    for (Area shape : shapes) {
      box = box.and(shape.box());
    }
    return new Box(
        box.left() - softness,
        box.top() - softness,
        box.right() + softness,
        box.bottom() + softness);
  }
}
