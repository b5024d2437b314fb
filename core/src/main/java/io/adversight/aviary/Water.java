package io.adversight.aviary;

/** At a lake: a stone, or the air above; reeds. */
record Water() implements Scenery {
  @Override
  public void behind(PartCanvas canvas, Pose pose, Chance chance) {
    double horizon = chance.between(0.2, 0.48);
    Air air = chance.happens(0.6) ? Air.day(chance) : Air.dusk(chance);
    canvas.cover(air.paint(chance.noise(), horizon, chance.between(-0.2, 0.5)));
    Tone shore = air.low().mix(Tone.of(0x4c6650), chance.between(0.35, 0.8));
    canvas.scenery(new Ridge(chance.noise(), horizon - 0.03, 0.09, 5), Paint.flat(shore), 0.015, 1);
    Noise waves = chance.noise();
    Tone deep = air.high().mix(Tone.of(0x2c4a55), chance.between(0.3, 0.65));
    canvas.scenery(
        new Ridge(waves, horizon, 0, 1),
        (x, y, distance) -> {
          double near = (y - horizon) / (1 - horizon);
          double wave = waves.fractal(x * (5 - 3 * near), 60 * near / (0.35 + near));
          Tone surface = shore.mix(air.low(), Math.min(1, 6 * near)).mix(deep, 0.15 + 0.75 * near);
          return surface.mix(air.low(), Math.max(0, 1.7 * wave - 0.75)).lit(1.06 - 0.18 * wave);
        },
        0.008,
        1);
    if (!pose.flying()) {
      stone(canvas, pose.ground(), chance);
    }
  }

  private static void stone(PartCanvas canvas, SimilarityTransform ground, Chance chance) {
    Tone grey = Tone.of(0x8a8378).turned(chance.between(-20, 20)).lit(chance.between(0.65, 1.1));
    Noise face = chance.noise();
    Point top = ground.of(0, 0.02);
    double wide = chance.between(0.09, 0.2);
    double line = top.y() + chance.between(0.09, 0.14);
    double shift = chance.between(-0.3, 0.3) * wide;
    Area stone =
        Stroke.through(
                SimilarityTransform.IMAGE,
                top.x() + shift - wide,
                top.y() + 0.16,
                0.07,
                top.x() - 0.15 * wide,
                top.y() + 0.12,
                0.12,
                top.x() + 0.3 * wide,
                top.y() + 0.13,
                0.12,
                top.x() + shift + wide,
                top.y() + 0.17,
                0.06)
            .within(new Above(line));
    canvas.scenery(
        Stroke.through(
            SimilarityTransform.IMAGE,
            top.x() + shift - wide,
            line + 0.015,
            0.02,
            top.x() + shift + wide,
            line + 0.015,
            0.02),
        Paint.flat(grey.lit(0.35)),
        0.06,
        0.75);
    canvas.scenery(
        stone,
        (x, y, distance) ->
            grey.lit(1.22 - 3.4 * (y - top.y()) + 0.5 * (face.fractal(x * 18, y * 24) - 0.5)));
  }

  /** What is above a line. */
  private record Above(double y) implements Area {
    @Override
    public double distance(double px, double py) {
      return py - y;
    }

    @Override
    public Box box() {
      return new Box(0, 0, 1, y);
    }
  }

  @Override
  public void before(PartCanvas canvas, Pose pose, Chance chance) {
    Tone reed = Tone.of(chance.happens(0.5) ? 0x7f8a45 : 0xa99a5c).lit(chance.between(0.6, 1.1));
    for (int i = chance.happens(0.7) ? chance.between(2, 7) : 0; i > 0; i--) {
      double x = chance.happens(0.5) ? chance.between(-0.05, 0.3) : chance.between(0.7, 1.05);
      Point tip = new Point(x + chance.between(-0.2, 0.2), chance.between(0.1, 0.75));
      canvas.scenery(
          Stroke.bent(new Point(x, 1.05), new Point(x, 0.6), tip, 0.011, 0.009, 0.002),
          Paint.flat(reed.lit(chance.between(0.8, 1.2))));
    }
  }
}
