package io.adversight.catalog;

import java.util.Locale;

/**
 * The range of a numeric parameter, found by bisection on what the record's own checks accept
 * around the default: there is one truth, the constructor.
 */
final class Range {
  private static final double FAR = 1e9;
  private static final int BISECTIONS = 200;

  private Range() {}

  static String of(Entry<?> entry, Parameter parameter) {
    boolean whole = parameter.type() == int.class || parameter.type() == long.class;
    if (!whole && parameter.type() != double.class) {
      return String.join(", ", parameter.choices());
    }
    double start = ((Number) parameter.defaultValue()).doubleValue();
    String low = bound(entry, parameter, start, -FAR, whole);
    String high = bound(entry, parameter, start, FAR, whole);
    if (low.isEmpty()) {
      return high.isEmpty() ? "any" : "at most " + high;
    }
    if (high.isEmpty()) {
      return low.equals("0+") ? "above 0" : "at least " + low;
    }
    return low.equals("0+") ? "above 0 to " + high : low + " to " + high;
  }

  /** The last accepted value on the way from {@code inside} to {@code far}; empty if all are. */
  private static String bound(
      Entry<?> entry, Parameter parameter, double inside, double far, boolean whole) {
    if (accepts(entry, parameter, far, whole)) {
      return "";
    }
    double accepted = inside;
    double refused = far;
    double back = far < inside ? 1 : -1;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (accepted + refused) / 2;
      double value = whole ? Math.rint(middle) : middle;
      if (value == accepted || value == refused) {
        break;
      }
      if (acceptsNear(entry, parameter, value, back, whole)) {
        accepted = value;
      } else {
        refused = value;
      }
    }
    if (whole) {
      double next = acceptsNear(entry, parameter, accepted - back, back, true) ? -back : 0;
      double last = accepted + next;
      return Long.toString((long) (accepts(entry, parameter, last, true) ? last : last + back));
    }
    double rounded = Math.rint(accepted * 1e6) / 1e6;
    if (rounded == 0 && far < inside && !accepts(entry, parameter, 0, false)) {
      return "0+";
    }
    return rounded == Math.rint(rounded)
        ? Long.toString((long) rounded)
        : String.format(Locale.ROOT, "%s", rounded);
  }

  private static boolean accepts(Entry<?> entry, Parameter parameter, double value, boolean whole) {
    if (parameter.type() == int.class) {
      return entry.accepts(parameter, (int) value);
    }
    return entry.accepts(parameter, whole ? (Object) (long) value : (Object) value);
  }

  /**
   * Whether a value or, for whole numbers that may all have to be odd, the next one is accepted.
   */
  private static boolean acceptsNear(
      Entry<?> entry, Parameter parameter, double value, double step, boolean whole) {
    return accepts(entry, parameter, value, whole)
        || (whole && accepts(entry, parameter, value + step, true));
  }
}
