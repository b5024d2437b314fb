package io.adversight.report.robustness;

import io.adversight.report.Provenance;
import io.adversight.report.format.RobustnessTable;
import io.adversight.study.robustness.RobustnessSummary;
import java.util.List;
import java.util.stream.Collectors;

/** A measurement of robustness as a page of Markdown. */
final class RobustnessMarkdown {
  private static final String SAFE = "[A-Za-z0-9_./,=:@%+-]+";

  private RobustnessMarkdown() {}

  static String page(RobustnessMeasurement measured, Provenance provenance) {
    RobustnessSummary summary = measured.summary();
    StringBuilder page = new StringBuilder();
    page.append("# Robustness of %s%n%n".formatted(measured.model()));
    page.append(
        "%s of %s images of %s are classified right without an attack. Norm %s, seed %s.%n%n"
            .formatted(
                RobustnessTable.percent(summary.clean()),
                summary.clean().trials(),
                measured.data(),
                measured.spec().norm(),
                measured.spec().seed()));
    page.append("```%n%s%n```%n%n".formatted(command(provenance.command())));
    RobustnessTable accuracies = RobustnessTable.accuracies(summary, measured.spec().norm());
    if (!accuracies.rows().isEmpty()) {
      page.append(table(accuracies)).append('\n');
    }
    RobustnessTable norms = RobustnessTable.norms(summary, measured.spec().norm());
    if (!norms.rows().isEmpty()) {
      page.append(table(norms)).append('\n');
    }
    page.append(words(summary)).append('\n');
    page.append(
        "Adversight %s, %s, Java %s, %s, %s threads.%n"
            .formatted(
                provenance.version(),
                provenance.engine(),
                provenance.java(),
                provenance.device(),
                provenance.threads()));
    return page.toString().replace("\r\n", "\n");
  }

  private static String words(RobustnessSummary summary) {
    if (summary.signs().isEmpty()) {
      return "No sign of masked gradients was seen.\n";
    }
    return summary.signs().stream()
        .map(sign -> "- " + sign + "\n")
        .collect(Collectors.joining("", "Robustness may be only apparent:\n\n", ""));
  }

  private static String table(RobustnessTable table) {
    StringBuilder text = new StringBuilder(row(table.header()));
    text.append(row(table.header().stream().map(heading -> "---").toList()));
    table.rows().forEach(cells -> text.append(row(cells)));
    return text.toString();
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** The command as a shell takes it. */
  static String command(List<String> words) {
    return words.stream()
        .map(word -> word.matches(SAFE) ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" ", "./", ""));
  }
}
