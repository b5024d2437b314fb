package io.adversight.aviary;

/** Paints what a bird sits on. */
final class Perch {
  private Perch() {}

  /** A branch through a place. */
  static void branch(PartCanvas canvas, Point at, Tone bark, Chance chance) {
    double slope = chance.between(-0.22, 0.22);
    double bend = chance.between(-0.06, 0.06);
    double thick = chance.between(0.014, 0.028);
    Point left = new Point(-0.1, at.y() - slope * (at.x() + 0.1) + bend + thick);
    Point right = new Point(1.1, at.y() + slope * (1.1 - at.x()) + bend + thick);
    // A curve that is drawn aside by c passes halfway between c and its ends.
    double share = (at.x() + 0.1) / 1.2;
    double weight = 2 * share * (1 - share);
    double y =
        (at.y() + thick - (1 - share) * (1 - share) * left.y() - share * share * right.y())
            / weight;
    boolean taper = chance.happens(0.5);
    Area wood =
        Stroke.bent(
            left,
            new Point(0.5, y),
            right,
            thick * (taper ? 1.5 : 0.7),
            thick,
            thick * (taper ? 0.7 : 1.5));
    Noise grain = chance.noise();
    canvas.scenery(
        wood,
        (px, py, distance) ->
            bark.lit(
                0.72
                    + 0.45 * grain.fractal(px * 16, py * 60)
                    + 0.3 * Math.min(1, -distance / thick)
                    - 6 * (py - at.y() - thick)));
    for (int twig = chance.between(0, 2); twig > 0; twig--) {
      double x = chance.between(0.05, 0.95);
      double foot = at.y() + slope * (x - at.x()) + thick;
      Point tip = new Point(x + chance.between(-0.25, 0.25), foot + chance.between(-0.3, 0.2));
      canvas.scenery(
          Stroke.bent(
              new Point(x, foot),
              new Point(x, (foot + tip.y()) / 2),
              tip,
              0.3 * thick,
              0.1 * thick),
          Paint.flat(bark.lit(0.8)));
    }
  }
}
