package io.adversight.aviary;

import java.util.ArrayList;
import java.util.List;

/** Paints wings, folded or spread, feather by feather. */
record Wing(Species species, Plumage plumage, Pose pose, Light light) {
  private static final int FEATHERS = 11;
  private static final int COVERTS = 8;

  /** The near wing at rest. */
  void folded(PartCanvas canvas) {
    SimilarityTransform body = pose.body();
    double unit = body.scale();
    for (int i = 0; i < 6; i++) {
      double low = 0.075 - 0.02 * i;
      Point tip = body.of(-0.46 + 0.035 * i, 0.05 - 0.014 * i);
      feather(canvas, body.of(-0.02, low), body.of(-0.24, low + 0.03), tip, 0.03, plumage.flight());
    }
    for (int i = 0; i < 5; i++) {
      Point tip = body.of(-0.27 + 0.015 * i, 0.085 - 0.042 * i);
      Point from = body.of(0.03, 0.07 - 0.035 * i);
      feather(
          canvas,
          from,
          from.towards(tip, 0.5).plus(0, 0.02 * unit),
          tip,
          0.034,
          plumage.wing().lit(0.86));
    }
    Area coverts =
        Stroke.through(
            body, 0.155, -0.035, 0.055, 0.08, -0.02, 0.095, -0.03, -0.01, 0.098, -0.1, 0, 0.075);
    canvas.bird(
        Part.WING,
        coverts,
        Paint.round(
            canvas.sampled(coverts), Paint.flat(plumage.wing().lit(1.04)), light, 0.12 * unit));
    for (int row = 0; row < 2; row++) {
      for (int i = 0; i < 5; i++) {
        double y = 0.075 - 0.042 * i;
        double x = 0.06 - 0.085 * row - 0.006 * i;
        Point from = body.of(x, y);
        Area scale = Stroke.leaf(from, from, body.of(x - 0.1, y + 0.012), 0.028 * unit);
        canvas.tint(scale, Paint.feather(plumage.wing(), 0.028 * unit), 0, 0.75, coverts);
      }
    }
    for (int bar = 0; bar < species.wingBars(); bar++) {
      double x = -0.035 - 0.1 * bar;
      double wide = species.wingBars() == 1 ? 0.036 : 0.021;
      Area band =
          Stroke.bent(
              body.of(x + 0.05, -0.125),
              body.of(x - 0.025, -0.02),
              body.of(x + 0.03, 0.11),
              0.6 * wide * unit,
              wide * unit,
              0.8 * wide * unit);
      canvas.bird(Part.WING_BARS, band, Paint.flat(plumage.mark()));
    }
    canvas.tint(
        Stroke.through(body, 0.1, 0.1, 0.012, -0.1, 0.115, 0.014, -0.3, 0.1, 0.006),
        Paint.flat(plumage.flight().lit(0.5)),
        0.05 * unit,
        0.35,
        Stroke.through(body, 0.1, 0.12, 0.04, -0.3, 0.12, 0.03));
  }

  /**
   * A wing in flight.
   *
   * @param raised degrees above the body's axis
   * @param brightness of the side that is seen
   */
  void spread(PartCanvas canvas, double raised, double brightness) {
    SimilarityTransform root = pose.body().moved(0.06, -0.06).raised(raised);
    double trail = raised > 0 ? -1 : 1;
    for (int i = FEATHERS; i >= 0; i--) {
      double t = (double) i / FEATHERS;
      double angle = StrictMath.toRadians(14 + 96 * StrictMath.pow(1 - t, 0.85));
      double length = 0.23 + 0.26 * t - (i == FEATHERS ? 0.035 : 0);
      double x = 0.02 + 0.27 * t;
      Point from = root.of(x, 0);
      Point tip =
          root.of(x + length * StrictMath.cos(angle), trail * length * StrictMath.sin(angle));
      Point aside =
          root.of(
              x + 0.55 * length * StrictMath.cos(angle) + 0.03,
              trail * 0.5 * length * StrictMath.sin(angle));
      feather(
          canvas,
          from,
          aside,
          tip,
          0.044 - 0.01 * t,
          plumage.flight().lit(brightness * (1.1 - 0.15 * t)));
    }
    List<Point> ends = new ArrayList<>();
    for (int i = COVERTS; i >= 0; i--) {
      double t = (double) i / COVERTS;
      double angle = StrictMath.toRadians(45 + 60 * (1 - t));
      double x = 0.01 + 0.27 * t;
      double length = 0.17 - 0.045 * t;
      Point tip =
          root.of(x + length * StrictMath.cos(angle), trail * length * StrictMath.sin(angle));
      Point from = root.of(x, 0);
      feather(canvas, from, from, tip, 0.03, plumage.wing().lit(brightness));
      ends.add(tip);
    }
    double unit = root.scale();
    for (int bar = 0; bar < species.wingBars(); bar++) {
      double wide = (species.wingBars() == 1 ? 0.03 : 0.018) * unit;
      double reach = 0.98 - 0.42 * bar;
      Point inner = root.of(0.03, 0).towards(ends.get(COVERTS), reach);
      Point middle = root.of(0.15, 0).towards(ends.get(COVERTS / 2), reach);
      Point outer = root.of(0.26, 0).towards(ends.get(0), reach);
      canvas.bird(
          Part.WING_BARS,
          Stroke.bent(inner, middle, outer, wide, wide, 0.7 * wide),
          Paint.flat(plumage.mark().lit(brightness)));
    }
    Area arm =
        Stroke.through(
            root,
            -0.02,
            0,
            0.05,
            0.12,
            -0.01 * trail,
            0.042,
            0.24,
            0,
            0.028,
            0.33,
            0.01 * trail,
            0.01);
    canvas.bird(
        Part.WING,
        arm,
        Paint.round(
            canvas.sampled(arm),
            Paint.flat(plumage.wing().lit(1.1 * brightness)),
            light,
            0.05 * unit));
  }

  private void feather(
      PartCanvas canvas, Point from, Point aside, Point tip, double radius, Tone tone) {
    double wide = radius * pose.body().scale();
    canvas.bird(Part.WING, Stroke.leaf(from, aside, tip, wide), Paint.feather(tone, wide));
  }
}
