package io.adversight.aviary;

/** The colour of a shape's places. */
@FunctionalInterface
interface Paint {
  /**
   * The colour at a place.
   *
   * @param distance from the shape's border, negative inside
   */
  Tone at(double x, double y, double distance);

  static Paint flat(Tone tone) {
    return (x, y, distance) -> tone;
  }

  /** A feather: a pale middle and a dark edge, on which the next one shows. */
  static Paint feather(Tone tone, double radius) {
    Tone edge = tone.lit(0.6);
    Tone middle = tone.lit(1.1);
    return (x, y, distance) -> edge.mix(middle, -distance / (0.75 * radius));
  }

  /**
   * A rounded body in the light.
   *
   * @param radius how deep inside it is flat
   */
  static Paint round(Sampled shape, Paint surface, Light light, double radius) {
    double step = shape.step();
    return (x, y, distance) -> {
      double depth = Math.max(0, Math.min(1, -shape.distance(x, y) / radius));
      if (depth == 1) {
        return surface.at(x, y, distance);
      }
      double gx = (shape.distance(x + step, y) - shape.distance(x - step, y)) / (2 * step);
      double gy = (shape.distance(x, y + step) - shape.distance(x, y - step)) / (2 * step);
      return surface.at(x, y, distance).lit(light.on(gx * (1 - depth), gy * (1 - depth)));
    };
  }
}
