package io.adversight.aviary;

import java.util.List;

/** The open sky; a bird that does not fly sits on a bare branch. */
record Sky() implements Scenery {
  private static final List<Tone> BARK =
      List.of(Tone.of(0x6a5442), Tone.of(0x86786a), Tone.of(0x574a42));

  @Override
  public void behind(PartCanvas canvas, Pose pose, Chance chance) {
    Air air = Air.day(chance);
    canvas.cover(air.paint(chance.noise(), 1.1, chance.between(-0.2, 0.8)));
    if (chance.happens(0.35)) {
      Noise hills = chance.noise();
      double y = chance.between(0.8, 0.95);
      Tone far = air.low().mix(Tone.of(0x5f7a6a), chance.between(0.3, 0.7));
      canvas.scenery(new Ridge(hills, y, 0.12, 2.3), Paint.flat(far), 0.02, 1);
    }
    if (!pose.flying()) {
      Perch.branch(canvas, pose.ground().of(0, 0), chance.oneOf(BARK), chance);
    }
  }

  @Override
  public void before(PartCanvas canvas, Pose pose, Chance chance) {
    if (!pose.flying() && chance.happens(0.35)) {
      Leaves.twig(canvas, Leaves.tone(chance), chance.between(2, 5), chance);
    }
  }
}
