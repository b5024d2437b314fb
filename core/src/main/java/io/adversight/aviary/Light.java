package io.adversight.aviary;

import java.util.List;

/**
 * The light of an image.
 *
 * @param x where it comes from: -1 left, 1 right
 * @param y where it comes from: -1 above
 * @param strength the difference between the sides in the light and in the shade
 * @param tint what all colours are multiplied by in the end
 * @param exposure brightness of the whole image
 */
record Light(double x, double y, double strength, Tone tint, double exposure) {
  private static final List<Tone> TINTS =
      List.of(
          new Tone(1, 1, 1),
          new Tone(1, 1, 1),
          new Tone(1.06, 0.99, 0.88),
          new Tone(1.08, 0.95, 0.80),
          new Tone(0.93, 0.98, 1.06),
          new Tone(0.97, 1.02, 0.95));

  static Light any(Chance chance) {
    double x = chance.between(-0.8, 0.8);
    return new Light(
        x,
        -Math.sqrt(1 - x * x),
        chance.between(0.18, 0.5),
        chance.oneOf(TINTS),
        chance.between(0.78, 1.12));
  }

  /** The brightness of a surface that leans towards (nx, ny); 1 if it faces the eye. */
  double on(double nx, double ny) {
    return 1 + strength * (nx * x + ny * y);
  }
}
