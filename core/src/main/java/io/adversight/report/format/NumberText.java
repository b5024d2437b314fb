package io.adversight.report.format;

import io.adversight.metric.numeric.Proportion;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Numbers as people read them. */
public final class NumberText {
  private NumberText() {}

  /** Whole numbers as they are, others with four digits. */
  public static String of(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return Long.toString((long) value);
    }
    return String.format(
        Locale.ROOT, Math.abs(value) >= 0.001 && Math.abs(value) < 1e5 ? "%.4g" : "%.2e", value);
  }

  /** A share of one in per cent. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, share >= 0.0995 ? "%.1f %%" : "%.2f %%", 100 * share);
  }

  /** A share in per cent; a dash without trials. */
  public static String percent(Proportion share) {
    return share.trials() == 0 ? "-" : percent(share.value());
  }

  /** The share and the ends of its 95 % interval, for a table of numbers; empty without trials. */
  public static List<String> cells(Proportion share) {
    return share.trials() == 0
        ? List.of("", "", "")
        : Stream.of(share.value(), share.wilson().low(), share.wilson().high())
            .map(Object::toString)
            .toList();
  }

  /** The 95 % interval of a share; a dash without trials. */
  public static String interval(Proportion share) {
    return share.trials() == 0
        ? "-"
        : percent(share.wilson().low()) + " to " + percent(share.wilson().high());
  }
}
