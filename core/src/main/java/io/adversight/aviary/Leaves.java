package io.adversight.aviary;

import java.util.List;

/** Paints leaves. */
final class Leaves {
  private static final List<Tone> TONES =
      List.of(
          Tone.of(0x5e8a3a),
          Tone.of(0x3f7040),
          Tone.of(0x8aa244),
          Tone.of(0x6f9a55),
          Tone.of(0xb98a35),
          Tone.of(0xa9552f));

  private Leaves() {}

  static Tone tone(Chance chance) {
    return chance.oneOf(TONES);
  }

  /** A twig in focus that grows into the image from its edge, with leaves on both sides. */
  static void twig(PartCanvas canvas, Tone tone, int leaves, Chance chance) {
    double turn = chance.between(0, 2 * Math.PI);
    Point from = new Point(0.5 + 0.8 * StrictMath.cos(turn), 0.5 + 0.75 * StrictMath.sin(turn));
    double inwards = turn + Math.PI + chance.between(-0.45, 0.45);
    double length = chance.between(0.35, 0.62);
    Point tip = from.plus(length * StrictMath.cos(inwards), length * StrictMath.sin(inwards));
    Point aside = from.towards(tip, 0.5).plus(0, chance.between(-0.09, 0.02));
    canvas.scenery(Stroke.bent(from, aside, tip, 0.009, 0.003), Paint.flat(tone.lit(0.5)));
    for (int i = 0; i < leaves; i++) {
      double along = 1 - 0.16 * i;
      Point foot = from.towards(aside, along).towards(aside.towards(tip, along), along);
      double open =
          i == 0 ? chance.between(-0.2, 0.2) : (i % 2 == 0 ? 1 : -1) * chance.between(0.5, 1.1);
      Tone own = tone.lit(chance.between(0.75, 1.2));
      leaf(canvas, foot, inwards + open, chance.between(0.1, 0.17), own, 0);
    }
  }

  static void leaf(
      PartCanvas canvas, Point from, double angle, double length, Tone tone, double blur) {
    double dx = length * StrictMath.cos(angle);
    double dy = length * StrictMath.sin(angle);
    Point tip = from.plus(dx, dy);
    Point aside = from.towards(tip, 0.5).plus(-0.15 * dy, 0.15 * dx);
    double wide = 0.24 * length;
    Tone rim = tone.lit(0.8);
    Tone middle = tone.lit(1.12);
    canvas.scenery(
        Stroke.leaf(from, aside, tip, wide),
        (x, y, distance) -> rim.mix(middle, -distance / wide),
        blur,
        1);
    if (blur == 0) {
      canvas.scenery(
          Stroke.bent(from, aside, tip, 0.025 * length, 0.005 * length),
          Paint.flat(tone.lit(0.72)));
    }
  }
}
