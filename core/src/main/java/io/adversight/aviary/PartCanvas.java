package io.adversight.aviary;

import io.adversight.image.Raster;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A square image while it is painted; knows which share of each pixel shows which part. */
final class PartCanvas {
  private final int side;
  private final double[] red;
  private final double[] green;
  private final double[] blue;
  private final Map<Part, float[]> shown = new EnumMap<>(Part.class);

  PartCanvas(int side) {
    this.side = side;
    this.red = new double[side * side];
    this.green = new double[side * side];
    this.blue = new double[side * side];
  }

  /** A shape that is queried often, or whose gradient is needed. */
  Sampled sampled(Area shape) {
    return new Sampled(shape, side);
  }

  /** Paints everything. */
  void cover(Paint paint) {
    for (int i = 0; i < red.length; i++) {
      double x = (i % side + 0.5) / side;
      int row = i / side;
      double y = (row + 0.5) / side;
      blend(i, paint.at(x, y, 0), 1);
    }
  }

  /** Paints a shape of the scenery over what is there. */
  void scenery(Area shape, Paint paint) {
    fill(shape, paint, 0, 1, null);
  }

  /**
   * Paints a shape that is out of focus, or seen through.
   *
   * @param blur over which distance its border fades
   * @param opacity in [0, 1]
   */
  void scenery(Area shape, Paint paint, double blur, double opacity) {
    fill(shape, paint, blur, opacity, null);
  }

  /** Paints a part of the bird. */
  void bird(Part part, Area shape, Paint paint) {
    fill(shape, paint, 0, 1, part);
  }

  /** Changes the colour of the bird where it is: shades, soft patterns. */
  void tint(Area shape, Paint paint, double blur, double opacity, Area within) {
    forEach(
        within,
        0,
        (i, x, y, inside) -> {
          double share = covered(shape.distance(x, y), Math.max(blur, 1.0 / side));
          if (share > 0) {
            blend(
                i, paint.at(x, y, inside), share * opacity * covered(inside, 1.0 / side) * bird(i));
          }
        });
  }

  private double bird(int i) {
    double share = 0;
    for (float[] part : shown.values()) {
      share += part[i];
    }
    return share;
  }

  private void fill(Area shape, Paint paint, double blur, double opacity, @Nullable Part part) {
    double width = Math.max(blur, 1.0 / side);
    forEach(
        shape,
        width,
        (i, x, y, distance) -> {
          double share = opacity * covered(distance, width);
          if (share > 0) {
            blend(i, paint.at(x, y, distance), share);
            show(i, (float) share, part);
          }
        });
  }

  private interface Visitor {
    void visit(int i, double x, double y, double distance);
  }

  private void forEach(Area shape, double margin, Visitor visitor) {
    Area.Box box = shape.box();
    int left = Math.max(0, (int) Math.floor((box.left() - margin) * side - 1));
    int right = Math.min(side - 1, (int) Math.ceil((box.right() + margin) * side + 1));
    int top = Math.max(0, (int) Math.floor((box.top() - margin) * side - 1));
    int bottom = Math.min(side - 1, (int) Math.ceil((box.bottom() + margin) * side + 1));
    for (int row = top; row <= bottom; row++) {
      double y = (row + 0.5) / side;
      for (int column = left; column <= right; column++) {
        double x = (column + 0.5) / side;
        visitor.visit(row * side + column, x, y, shape.distance(x, y));
      }
    }
  }

  private static double covered(double distance, double width) {
    double share = 0.5 - distance / width;
    return share <= 0 ? 0 : Math.min(share, 1);
  }

  private void blend(int i, Tone tone, double share) {
    red[i] += share * (tone.red() - red[i]);
    green[i] += share * (tone.green() - green[i]);
    blue[i] += share * (tone.blue() - blue[i]);
  }

  private void show(int i, float share, @Nullable Part part) {
    for (float[] other : shown.values()) {
      other[i] *= 1 - share;
    }
    if (part != null) {
      shown.computeIfAbsent(part, p -> new float[side * side])[i] += share;
    }
  }

  /** The image under its light, with a camera's grain and darker corners, in 256 levels. */
  Raster image(Light light, double grain, Noise noise) {
    double[][] planes = {red, green, blue};
    double[] tint = {light.tint().red(), light.tint().green(), light.tint().blue()};
    return Raster.generate(
            3,
            side,
            side,
            (c, y, x) -> {
              double dx = (x + 0.5) / side - 0.5;
              double dy = (y + 0.5) / side - 0.5;
              double corner = 1 - 0.35 * (dx * dx + dy * dy);
              double speck = grain * (noise.at(x * 7.3 + c * 0.21, y * 7.7) - 0.5);
              double value = planes[c][y * side + x] * tint[c] * light.exposure() * corner + speck;
              return Math.max(0, Math.min(1, value));
            })
        .quantized();
  }

  /** The share of each pixel that shows a part, (1, side, side) in [0, 1]. */
  Raster mask(Part part) {
    float[] share = shown.get(part);
    return share == null
        ? Raster.generate(1, side, side, (c, y, x) -> 0)
        : Raster.map(side, side, share);
  }
}
