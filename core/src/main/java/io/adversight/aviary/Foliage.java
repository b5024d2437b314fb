package io.adversight.aviary;

/** In a tree: leaves out of focus behind, a branch, leaves in front. */
record Foliage(Tone leaf) implements Scenery {
  Foliage(Chance chance) {
    this(Leaves.tone(chance));
  }

  @Override
  public void behind(PartCanvas canvas, Pose pose, Chance chance) {
    Noise wood = chance.noise();
    Tone deep = leaf.lit(chance.between(0.28, 0.6));
    Tone light = leaf.mix(Tone.of(0xdfe6b0), chance.between(0.25, 0.6));
    canvas.cover((x, y, d) -> deep.mix(light, 1.5 * wood.fractal(x * 2.4, y * 2.4) - 0.45));
    for (int i = chance.between(8, 16); i > 0; i--) {
      double radius = chance.between(0.03, 0.1);
      Tone spot =
          light.mix(chance.happens(0.5) ? Tone.of(0xf6f3d8) : deep, chance.between(0.1, 0.7));
      canvas.scenery(
          Stroke.circle(new Point(chance.between(0, 1.0), chance.between(0, 1.0)), radius),
          Paint.flat(spot),
          0.35 * radius,
          chance.between(0.2, 0.5));
    }
    for (int i = chance.between(10, 18); i > 0; i--) {
      Point from = new Point(chance.between(-0.1, 1.1), chance.between(-0.1, 1.1));
      Leaves.leaf(
          canvas,
          from,
          StrictMath.toRadians(chance.between(-180.0, 180.0)),
          chance.between(0.15, 0.3),
          leaf.mix(deep, chance.between(0.0, 0.7)).lit(chance.between(0.8, 1.15)),
          chance.between(0.025, 0.06));
    }
    Perch.branch(
        canvas, pose.ground().of(0, 0), Tone.of(0x6b513c).lit(chance.between(0.8, 1.3)), chance);
  }

  @Override
  public void before(PartCanvas canvas, Pose pose, Chance chance) {
    for (int twigs = chance.between(1, 3); twigs > 0; twigs--) {
      Leaves.twig(canvas, leaf, chance.between(2, 5), chance);
    }
  }
}
