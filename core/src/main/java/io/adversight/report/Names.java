package io.adversight.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How values are written in JSON and in the names of folders. */
final class Names {
  private Names() {}

  /** A constant in lower case with hyphens. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** An epsilon with at most six digits, without an exponent. */
  static String epsilon(double epsilon) {
    return "epsilon-"
        + new BigDecimal(epsilon).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }

  /** An epsilon as people write it: {@code 8/255} where it is so many grey levels. */
  static String fraction(double epsilon) {
    double levels = 255 * epsilon;
    return Math.abs(levels - Math.rint(levels)) < 1e-6
        ? (long) Math.rint(levels) + "/255"
        : epsilon(epsilon).substring("epsilon-".length());
  }
}
