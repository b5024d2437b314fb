package io.adversight.aviary;

import java.util.List;

/** Paints one bird: from the far side to the near one. */
record Bird(Species species, Plumage plumage, Pose pose, Light light) {
  void paint(PartCanvas canvas, Chance chance) {
    Wing wing = new Wing(species, plumage, pose, light);
    if (pose.flying()) {
      wing.spread(canvas, pose.farStroke(), 0.78);
    } else {
      legs(canvas);
    }
    Plume.tail(canvas, species.tail(), pose, plumage, light);
    Plume.crest(canvas, species.crest(), pose, plumage, chance);
    beak(canvas);
    trunk(canvas, chance);
    if (pose.flying()) {
      wing.spread(canvas, pose.stroke(), 1);
    } else {
      wing.folded(canvas);
    }
    face(canvas);
  }

  private Area outline() {
    SimilarityTransform body = pose.body();
    Point head = pose.head().of(0, 0);
    double unit = body.scale();
    Point breast = body.of(0.14, -0.03);
    return new Blend(
        List.of(
            Stroke.through(
                body, -0.35, -0.02, 0.04, -0.22, 0, 0.105, -0.1, 0.017, 0.16, 0.0, 0.022, 0.185,
                0.07, 0.012, 0.182, 0.14, 0, 0.16),
            Stroke.between(breast, 0.15 * unit, head, 0.115 * unit),
            Stroke.through(pose.head(), -0.02, 0.005, 0.125, 0.035, 0, 0.118)),
        0.07 * unit);
  }

  private void trunk(PartCanvas canvas, Chance chance) {
    SimilarityTransform body = pose.body();
    SimilarityTransform head = pose.head();
    double unit = body.scale();
    Sampled outline = canvas.sampled(outline());
    Noise down = chance.noise();
    Paint back =
        (x, y, distance) ->
            plumage.back().lit(0.92 + 0.18 * down.fractal(x * 22 / unit, y * 22 / unit));
    canvas.bird(Part.BACK, outline, Paint.round(outline, back, light, 0.17 * unit));
    Area belly =
        new Blend(
                List.of(
                    Stroke.through(
                        body, -0.36, 0.10, 0.05, -0.15, 0.14, 0.12, 0.06, 0.13, 0.16, 0.2, 0.09,
                        0.13),
                    Stroke.between(
                        body.of(0.2, 0.08), 0.12 * unit, head.of(0.07, 0.13), 0.055 * unit)),
                0.05 * unit)
            .within(outline);
    Paint under =
        (x, y, distance) ->
            plumage.belly().lit(0.95 + 0.1 * down.fractal(x * 14 / unit, y * 14 / unit));
    canvas.bird(Part.BELLY, belly, Paint.round(outline, under, light, 0.17 * unit));
    Marks.belly(canvas, species.belly(), body, belly, plumage, chance);
    Area skull = Stroke.through(head, -0.03, 0, 0.15, 0.05, -0.01, 0.13).within(outline);
    Area face = new Minus(skull, belly);
    canvas.bird(Part.HEAD, face, Paint.round(outline, back, light, 0.13 * unit));
    Area crown = Stroke.through(head, -0.10, -0.11, 0.075, 0.05, -0.115, 0.06).within(skull);
    canvas.tint(crown, Paint.flat(plumage.crown()), 0.03 * unit, 0.9, outline);
    Tone shade = plumage.back().lit(0.42);
    canvas.tint(
        Stroke.through(body, -0.33, 0.12, 0.035, 0, 0.215, 0.04, 0.16, 0.2, 0.03),
        Paint.flat(shade),
        0.09 * unit,
        0.45 * light.strength() + 0.15,
        outline);
  }

  /** What is in one shape, but not in another. */
  private record Minus(Area whole, Area without) implements Area {
    @Override
    public double distance(double x, double y) {
      return Math.max(whole.distance(x, y), -without.distance(x, y));
    }

    @Override
    public Box box() {
      return whole.box();
    }
  }

  private void beak(PartCanvas canvas) {
    SimilarityTransform head = pose.head();
    Area upper =
        switch (species.beak()) {
          case FINE ->
              Stroke.through(head, 0.07, 0.0, 0.034, 0.15, 0.0, 0.022, 0.245, 0.018, 0.003);
          case STOUT ->
              Stroke.through(head, 0.05, -0.015, 0.07, 0.14, -0.008, 0.05, 0.235, 0.03, 0.008);
          case DAGGER ->
              Stroke.through(head, 0.07, 0.0, 0.038, 0.17, 0.005, 0.026, 0.43, 0.03, 0.004);
        };
    Area lower =
        switch (species.beak()) {
          case FINE -> Stroke.through(head, 0.07, 0.028, 0.022, 0.22, 0.024, 0.003);
          case STOUT -> Stroke.through(head, 0.05, 0.045, 0.045, 0.19, 0.045, 0.012);
          case DAGGER -> Stroke.through(head, 0.07, 0.03, 0.024, 0.38, 0.036, 0.004);
        };
    canvas.bird(Part.BEAK, lower, Paint.flat(plumage.beak().lit(0.62)));
    canvas.bird(Part.BEAK, upper, Paint.feather(plumage.beak(), 0.035 * head.scale()));
  }

  private void face(PartCanvas canvas) {
    SimilarityTransform head = pose.head();
    double unit = head.scale();
    canvas.bird(
        Part.HEAD,
        Stroke.bent(
            head.of(0.115, 0.008),
            head.of(0.07, 0.0),
            head.of(-0.03, 0.0),
            0.006 * unit,
            0.013 * unit,
            0.004 * unit),
        Paint.flat(plumage.back().lit(0.58)));
    if (species.eyeRing()) {
      canvas.bird(
          Part.EYE_RING,
          Stroke.circle(head.of(0.045, -0.022), 0.053 * unit),
          Paint.flat(plumage.mark()));
    }
    canvas.bird(
        Part.HEAD, Stroke.circle(head.of(0.045, -0.022), 0.029 * unit), Paint.flat(Tone.INK));
    canvas.bird(
        Part.HEAD, Stroke.circle(head.of(0.054, -0.032), 0.0095 * unit), Paint.flat(Tone.WHITE));
  }

  private void legs(PartCanvas canvas) {
    SimilarityTransform ground = pose.ground();
    double unit = ground.scale();
    for (int leg = 0; leg < 2; leg++) {
      Tone tone = plumage.leg().lit(leg == 0 ? 0.75 : 1);
      Point foot = ground.of(-0.045 + 0.085 * leg, 0);
      Point knee = ground.of(-0.055 + 0.085 * leg, -0.06);
      Point hip = pose.body().of(-0.06 + 0.07 * leg, 0.12);
      canvas.bird(
          Part.LEGS,
          Stroke.bent(hip, knee, foot, 0.03 * unit, 0.014 * unit, 0.013 * unit),
          Paint.flat(tone));
      for (int toe = -1; toe <= 1; toe++) {
        Point tip = ground.of(-0.045 + 0.085 * leg + 0.04 * toe + 0.015, 0.022);
        canvas.bird(
            Part.LEGS,
            Stroke.bent(
                foot,
                foot.towards(tip, 0.6).plus(0, -0.01 * unit),
                tip,
                0.013 * unit,
                0.009 * unit),
            Paint.flat(tone));
      }
    }
  }
}
