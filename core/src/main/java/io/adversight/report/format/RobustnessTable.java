package io.adversight.report.format;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.metric.numeric.Interval;
import io.adversight.metric.numeric.Proportion;
import io.adversight.study.robustness.AttackRobustness;
import io.adversight.study.robustness.NormStatistics;
import io.adversight.study.robustness.RobustnessSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table of a measurement of robustness, for people.
 *
 * @param header one heading per column
 * @param rows one cell per column
 */
public record RobustnessTable(List<String> header, List<List<String>> rows) {
  private static final String NONE = "-";

  public RobustnessTable {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** Robust accuracy by attack and epsilon, and what all attacks together left. */
  public static RobustnessTable accuracies(RobustnessSummary summary, Norm norm) {
    List<List<String>> rows = new ArrayList<>();
    summary.attacks().forEach(attack -> rows.addAll(accuracies(attack, norm)));
    for (RobustnessSummary.Together together : summary.together()) {
      rows.add(
          List.of(
              "all together",
              Epsilon.text(norm, together.epsilon()),
              percent(together.ofAll()),
              percent(together.ofRight()),
              NONE,
              NONE,
              NONE,
              NONE,
              NONE));
    }
    return new RobustnessTable(
        List.of(
            "attack",
            "epsilon",
            "robust, of all",
            "robust, of those right",
            "fooled",
            "after 8-bit quantization",
            "gradients",
            "queries",
            "seconds"),
        rows);
  }

  /** The rows of one attack in {@link #accuracies(RobustnessSummary, Norm)}. */
  public static List<List<String>> accuracies(AttackRobustness attack, Norm norm) {
    return attack.accuracies().stream()
        .map(
            at ->
                List.of(
                    attack.attack().toString(),
                    Double.isNaN(at.epsilon()) ? NONE : Epsilon.text(norm, at.epsilon()),
                    percent(at.accuracy().ofAll()),
                    percent(at.accuracy().ofRight()),
                    share(at.fooled()),
                    share(at.rounded()),
                    count(attack.cost().gradients()),
                    count(attack.cost().queries()),
                    count(attack.seconds())))
        .toList();
  }

  /** The sizes of the smallest changes by attack; no rows if no attack looks for them. */
  public static RobustnessTable norms(RobustnessSummary summary, Norm norm) {
    List<List<String>> rows = new ArrayList<>();
    for (AttackRobustness attack : summary.attacks()) {
      if (attack.smallest().isPresent()) {
        NormStatistics sizes = attack.smallest().get();
        rows.add(
            List.of(
                attack.attack().toString(),
                percent(sizes.found()),
                share(sizes.rounded()),
                size(sizes.lower()),
                size(sizes.median()),
                size(sizes.upper()),
                count(attack.cost().gradients()),
                count(attack.cost().queries()),
                count(attack.seconds())));
      }
    }
    return new RobustnessTable(
        List.of(
            "attack",
            "found",
            "after 8-bit quantization",
            "a quarter within",
            "median " + norm,
            "three quarters within",
            "gradients",
            "queries",
            "seconds"),
        rows);
  }

  /** A share in per cent with its 95 % interval. */
  public static String percent(Proportion proportion) {
    if (proportion.trials() == 0) {
      return NONE;
    }
    Interval interval = proportion.wilson();
    return String.format(
        Locale.ROOT,
        "%.1f %% [%.1f, %.1f]",
        100 * proportion.value(),
        100 * interval.low(),
        100 * interval.high());
  }

  private static String share(Proportion proportion) {
    return proportion.trials() == 0
        ? NONE
        : String.format(Locale.ROOT, "%.1f %%", 100 * proportion.value());
  }

  private static String size(double size) {
    return Double.isFinite(size) ? String.format(Locale.ROOT, "%.4g", size) : "none";
  }

  private static String count(double mean) {
    return String.format(Locale.ROOT, mean < 10 && mean != Math.rint(mean) ? "%.1f" : "%.0f", mean);
  }
}
