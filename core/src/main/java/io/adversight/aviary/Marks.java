package io.adversight.aviary;

/** Paints the patterns of bellies. */
final class Marks {
  private Marks() {}

  static void belly(
      PartCanvas canvas,
      Species.Belly kind,
      SimilarityTransform body,
      Area belly,
      Plumage plumage,
      Chance chance) {
    if (kind != Species.Belly.STREAKED && kind != Species.Belly.SPOTTED) {
      return;
    }
    boolean streaks = kind == Species.Belly.STREAKED;
    double unit = body.scale();
    Tone dark = plumage.flight().lit(0.72);
    for (int row = 0; row < 4; row++) {
      for (int i = 0; i < 8; i++) {
        double x = -0.22 + 0.072 * i + 0.036 * (row % 2) + chance.between(-0.012, 0.012);
        double y = 0.025 + 0.055 * row + chance.between(-0.01, 0.01);
        Area mark =
            streaks
                ? Stroke.through(body, x, y - 0.012, 0.008, x - 0.034, y + 0.02, 0.011)
                : Stroke.circle(body.of(x, y), 0.0185 * unit);
        canvas.bird(Part.BELLY, mark.within(belly), Paint.flat(dark));
      }
    }
  }
}
