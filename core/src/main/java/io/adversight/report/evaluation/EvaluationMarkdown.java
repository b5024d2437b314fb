package io.adversight.report.evaluation;

import io.adversight.attack.Epsilon;
import io.adversight.data.DataSet;
import io.adversight.metric.numeric.Proportion;
import io.adversight.study.evaluation.Check;
import io.adversight.study.evaluation.CorruptionAccuracy;
import io.adversight.study.evaluation.EvaluationSpec;
import io.adversight.study.evaluation.NetworkEvaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The summaries of robustness reports as one table of Markdown, a row for each network and epsilon;
 * reports of several data sets can stand in one table.
 */
public final class EvaluationMarkdown {
  private static final List<String> HEADER =
      List.of(
          "network",
          "data",
          "clean",
          "epsilon",
          "robust",
          "AutoAttack",
          "median norm",
          "corrupted",
          "turned and shifted",
          "checks");

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds the networks of a report. */
  public EvaluationMarkdown with(
      EvaluationSpec spec, DataSet images, List<NetworkEvaluation> networks) {
    for (NetworkEvaluation network : networks) {
      for (double epsilon : spec.epsilons()) {
        List<String> row = new ArrayList<>();
        boolean first = epsilon == spec.epsilon();
        row.add(first ? network.card().nameInResults() : "");
        row.add(first ? images.name() : "");
        row.add(first ? percent(network.worst().clean()) : "");
        row.add(Epsilon.text(spec.norm(), epsilon));
        row.add(percent(network.worst().robust(epsilon)));
        row.add(percent(network.worst().autoAttack(epsilon)));
        row.add(first ? size(network.worst().median()) : "");
        row.add(first ? percent(CorruptionAccuracy.mean(network.corruptions())) : "");
        row.add(first ? percent(network.spatial()) : "");
        row.add(first ? checks(network) : "");
        rows.add(row);
      }
    }
    return this;
  }

  /** The table. */
  public String table() {
    return Stream.concat(
            Stream.of(HEADER, HEADER.stream().map(cell -> "---").toList()), rows.stream())
        .map(cells -> cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")))
        .collect(Collectors.joining());
  }

  private static String percent(Proportion share) {
    return share.trials() == 0 ? EvaluationView.NONE : percent(share.value());
  }

  private static String percent(double share) {
    return Double.isNaN(share)
        ? EvaluationView.NONE
        : String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static String size(double size) {
    return Double.isFinite(size) ? String.format(Locale.ROOT, "%.3g", size) : EvaluationView.NONE;
  }

  /** How many checks came out how, without those verdicts that none has. */
  private static String checks(NetworkEvaluation network) {
    return Stream.of(Check.Verdict.values())
        .filter(verdict -> network.count(verdict) > 0)
        .map(verdict -> "%s %s".formatted(network.count(verdict), verdict.words()))
        .collect(Collectors.joining(", "));
  }
}
