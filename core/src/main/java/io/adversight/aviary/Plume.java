package io.adversight.aviary;

/** Paints the feathers of tails and crests. */
final class Plume {
  private Plume() {}

  static void tail(PartCanvas canvas, Species.Tail kind, Pose pose, Plumage plumage, Light light) {
    int feathers = kind == Species.Tail.LONG ? 4 : 6;
    double open = pose.flying() ? 1.7 : 1;
    double spread =
        switch (kind) {
          case SQUARE -> 8 * open;
          case FORKED -> 15 + 4 * open;
          case LONG -> 4 * open;
        };
    for (int i = 0; i < feathers; i++) {
      // From the edges to the middle, so that the middle feathers lie on top.
      int pair = i / 2;
      double side = (i % 2 == 0 ? -1 : 1) * (1 - 2.0 * pair / (feathers - 1));
      double length =
          switch (kind) {
            case SQUARE -> 0.33;
            case FORKED -> 0.24 + 0.26 * side * side;
            case LONG -> 0.74 - 0.16 * Math.abs(side);
          };
      double angle = StrictMath.toRadians(spread * side);
      double x = -length * StrictMath.cos(angle);
      double y = length * StrictMath.sin(angle);
      double wide = (kind == Species.Tail.LONG ? 0.032 : 0.038) * pose.tail().scale();
      Stroke feather =
          Stroke.bent(
              pose.tail().of(0.06, 0.02 * side),
              pose.tail().of(0.5 * x, 0.3 * y + 0.015 * side),
              pose.tail().of(x, y),
              0.8 * wide,
              wide,
              wide,
              kind == Species.Tail.FORKED ? 0.15 * wide : 0.6 * wide);
      double shade = 1 + 0.12 * side * light.y();
      canvas.bird(Part.TAIL, feather, Paint.feather(plumage.flight().lit(1.12 * shade), wide));
    }
  }

  static void crest(
      PartCanvas canvas, Species.Crest kind, Pose pose, Plumage plumage, Chance chance) {
    SimilarityTransform head = pose.head();
    double unit = head.scale();
    double lift = chance.between(-10, 14);
    int feathers = kind == Species.Crest.FAN ? 6 : kind == Species.Crest.TUFT ? 4 : 0;
    for (int i = 0; i < feathers; i++) {
      double degrees = kind == Species.Crest.FAN ? 158 - 21 * i + 0.5 * lift : 157 - 10 * i + lift;
      double length =
          kind == Species.Crest.FAN
              ? 0.215 - 0.012 * Math.abs(i - 2)
              : 0.26 - 0.025 * Math.abs(i - 1);
      double angle = StrictMath.toRadians(degrees);
      double x = kind == Species.Crest.FAN ? -0.03 + 0.016 * i : -0.05 + 0.014 * i;
      Point from = head.of(x, -0.07);
      Point tip =
          head.of(x + length * StrictMath.cos(angle), -0.07 - length * StrictMath.sin(angle));
      Point aside = from.towards(tip, 0.55).plus(0, -0.03 * unit);
      double wide = (kind == Species.Crest.FAN ? 0.03 : 0.027) * unit;
      Tone tone = plumage.crown().lit(0.92 + 0.04 * (i % 3));
      canvas.bird(Part.CREST, Stroke.leaf(from, aside, tip, wide), Paint.feather(tone, wide));
      if (kind == Species.Crest.FAN) {
        Point inner = from.towards(tip, 0.8);
        canvas.bird(
            Part.CREST,
            Stroke.leaf(inner, inner.towards(tip, 0.5), tip, 0.7 * wide),
            Paint.flat(plumage.crown().lit(0.5)));
      }
    }
  }
}
