package io.adversight.aviary;

/** Smooth random values over the plane, the same for the same seed. */
record Noise(long seed) {
  /** A value in [0, 1] that changes over a distance of about 1. */
  double at(double x, double y) {
    double left = Math.floor(x);
    double top = Math.floor(y);
    double fx = smooth(x - left);
    double fy = smooth(y - top);
    long i = (long) left;
    long j = (long) top;
    double above = corner(i, j) + fx * (corner(i + 1, j) - corner(i, j));
    double below = corner(i, j + 1) + fx * (corner(i + 1, j + 1) - corner(i, j + 1));
    return above + fy * (below - above);
  }

  /** Three layers, each half as coarse and half as strong as the one before, in [0, 1]. */
  double fractal(double x, double y) {
    return (4 * at(x, y) + 2 * at(2 * x + 17, 2 * y + 5) + at(4 * x + 41, 4 * y + 29)) / 7;
  }

  private double corner(long i, long j) {
    long z = seed + i * 0x9E3779B97F4A7C15L + j * 0xC2B2AE3D27D4EB4FL;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }
}
