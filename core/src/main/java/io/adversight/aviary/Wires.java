package io.adversight.aviary;

/** Over the roofs: wires, in the evening or the morning. */
record Wires() implements Scenery {
  @Override
  public void behind(PartCanvas canvas, Pose pose, Chance chance) {
    Air air = Air.dusk(chance);
    canvas.cover(air.paint(chance.noise(), 1.0, chance.between(-0.3, 0.6)));
    Tone haze = air.low().mix(Tone.of(0x4a4a5e), chance.between(0.3, 0.7));
    double x = chance.between(-0.15, 0.0);
    while (x < 1) {
      double wide = chance.between(0.1, 0.26);
      double top = chance.between(0.76, 0.97);
      Area house = new House(x, x + wide, top, chance.happens(0.6) ? chance.between(0.4, 0.8) : 0);
      canvas.scenery(house, Paint.flat(haze.lit(chance.between(0.75, 1.05))), 0.014, 0.92);
      x += wide + chance.between(0, 0.15);
    }
    Point at = pose.ground().of(0, pose.flying() ? chance.between(0.2, 0.5) : 0.01);
    double slope = chance.between(-0.25, 0.25);
    double sag = chance.between(0.0, 0.25);
    Tone wire = Tone.of(0x33333c).mix(air.low(), chance.between(0.0, 0.25));
    int others = chance.between(1, 3);
    for (int i = 0; i <= others; i++) {
      double below = i == 0 ? 0 : chance.between(-0.55, 0.4);
      wire(canvas, at.plus(0, below), slope + 0.3 * below, sag, i == 0 ? 0.009 : 0.006, wire);
    }
    if (chance.happens(0.3)) {
      double pole = chance.happens(0.5) ? chance.between(0.02, 0.14) : chance.between(0.86, 0.98);
      canvas.scenery(
          Stroke.through(SimilarityTransform.IMAGE, pole, -0.1, 0.02, pole, 1.1, 0.028),
          (px, py, distance) -> Tone.of(0x5c4a40).lit(0.75 + 12 * (px - pole)));
    }
  }

  /** A wire through a place: a parabola, as nearly every wire hangs. */
  private static void wire(
      PartCanvas canvas, Point at, double slope, double sag, double radius, Tone tone) {
    double[] numbers = new double[3 * 13];
    double middle = (at.x() - 0.5) * (at.x() - 0.5);
    for (int i = 0; i < 13; i++) {
      double x = -0.1 + 0.1 * i;
      numbers[3 * i] = x;
      numbers[3 * i + 1] =
          at.y() + slope * (x - at.x()) - sag * ((x - 0.5) * (x - 0.5) - middle) + radius;
      numbers[3 * i + 2] = radius;
    }
    canvas.scenery(
        Stroke.through(SimilarityTransform.IMAGE, numbers),
        (x, y, distance) -> tone.lit(1 + 0.5 * Math.min(1, -distance / radius)));
  }

  @Override
  public void before(PartCanvas canvas, Pose pose, Chance chance) {
    if (chance.happens(0.12)) {
      Point at = pose.body().of(chance.between(-0.5, 0.4), chance.between(-0.3, 0.3));
      wire(canvas, at, chance.between(-0.4, 0.4), 0.1, 0.007, Tone.of(0x3a3a44));
    }
  }
}
