package io.adversight.aviary;

/**
 * How a bird holds itself. Its own unit is about the length from beak to rump.
 *
 * @param ground at its feet, x forwards and y down
 * @param body at the middle of the trunk, x towards the breast
 * @param head at the middle of the head, x towards the beak
 * @param tail at the rump, x towards the breast
 * @param flying whether the wings are spread
 * @param stroke in flight: how far the near wing is raised, degrees
 * @param farStroke the same of the other wing
 */
record Pose(
    SimilarityTransform ground,
    SimilarityTransform body,
    SimilarityTransform head,
    SimilarityTransform tail,
    boolean flying,
    double stroke,
    double farStroke) {
  private static final double LEG = 0.275;

  static Pose any(boolean flying, Chance chance) {
    double size = flying ? chance.between(0.36, 0.5) : chance.between(0.4, 0.66);
    double tilt = flying ? chance.between(-14, 26) : chance.between(2, 52);
    boolean left = chance.happens(0.5);
    double x = 0.5 + (left ? 0.06 : -0.06) * (0.4 - size) + chance.between(-0.07, 0.07);
    double y = 0.5 + chance.between(-0.05, 0.06);
    SimilarityTransform upright =
        SimilarityTransform.IMAGE.moved(x, y).scaled(size * chance.between(0.97, 1.03));
    SimilarityTransform facing = left ? upright.mirrored() : upright;
    SimilarityTransform body = facing.raised(tilt);
    SimilarityTransform shoulder = body.moved(0.17, -0.05).raised(-tilt);
    double neck = chance.between(0.13, 0.25);
    double lift = StrictMath.toRadians(chance.between(flying ? 5 : 28, flying ? 45 : 72));
    SimilarityTransform head =
        shoulder
            .moved(neck * StrictMath.cos(lift) + 0.03, -neck * StrictMath.sin(lift) - 0.03)
            .raised(chance.between(-26, 20));
    boolean back = !flying && chance.happens(0.14);
    double stroke = chance.happens(0.6) ? chance.between(50, 118) : chance.between(-75, -35);
    return new Pose(
        facing.moved(0, LEG),
        body,
        back ? head.moved(-0.03, 0).mirrored() : head,
        body.moved(-0.29, -0.01).raised(chance.between(-24, flying ? 8 : 20)),
        flying,
        stroke,
        stroke > 0 ? stroke - chance.between(28, 55) : stroke + chance.between(15, 40));
  }
}
