package io.adversight.study;

import java.math.BigDecimal;
import java.math.MathContext;

/** The size of a ball: what lies in it, and how people write it. */
public final class Epsilon {
  /** Room for rounding errors, relative to epsilon. */
  private static final double ROOM = 1e-6;

  /** Digits after the point that people still like to read. */
  private static final int SHORT = 3;

  private Epsilon() {}

  /** Whether a change of some size lies within a ball. */
  public static boolean holds(double size, double epsilon) {
    return size <= epsilon * (1 + ROOM);
  }

  /** An epsilon as people write it: {@code 8/255} rather than a long decimal fraction. */
  public static String words(double epsilon) {
    BigDecimal decimal = new BigDecimal(epsilon).round(new MathContext(6)).stripTrailingZeros();
    double levels = 255 * epsilon;
    return decimal.scale() > SHORT && Math.abs(levels - Math.rint(levels)) < 1e-6
        ? (long) Math.rint(levels) + "/255"
        : decimal.toPlainString();
  }
}
