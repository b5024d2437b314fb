package io.adversight.report.evaluation;

import io.adversight.report.format.Block;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.RobustnessTable;
import io.adversight.study.evaluation.Check;
import io.adversight.study.evaluation.CorruptionAccuracy;
import io.adversight.study.evaluation.NetworkEvaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The summary, which fits on one printed page. */
final class SummarySection {
  private final EvaluationView view;

  SummarySection(EvaluationView view) {
    this.view = view;
  }

  List<Block> blocks() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(view.row("clean accuracy", n -> RobustnessTable.percent(n.worst().clean())));
    for (double epsilon : view.spec().epsilons()) {
      rows.add(
          view.row(
              "robust accuracy, worst case over all attacks, " + view.at(epsilon),
              n -> RobustnessTable.percent(n.worst().robust(epsilon))));
      rows.add(
          view.row(
              "robust accuracy, AutoAttack alone, " + view.at(epsilon),
              n -> RobustnessTable.percent(n.worst().autoAttack(epsilon))));
    }
    rows.add(
        view.row(
            "median minimum norm, " + view.spec().norm(),
            n -> EvaluationView.size(n.worst().median())));
    rows.add(
        view.row(
            "accuracy under rotations and translations",
            n -> RobustnessTable.percent(n.spatial())));
    rows.add(
        view.row(
            "mean accuracy under 15 corruptions at 5 severities",
            n -> NumberText.percent(CorruptionAccuracy.mean(n.corruptions()))));
    rows.add(
        view.row(
            "certified within epsilon, of a subset",
            n -> RobustnessTable.percent(n.certified(view.spec().epsilon()))));
    rows.add(view.row("checks", SummarySection::counted));
    return List.of(
        view.table("", rows),
        new Block.Note(
            "Shares are of all %s images, with 95 %% Wilson intervals."
                .formatted(view.images().size())),
        new Block.Heading("Can the attacks be trusted?"),
        checks(),
        new Block.Group(Block.Layout.ROW, view.plot(EvaluationPlots.SECURITY)));
  }

  private static String counted(NetworkEvaluation network) {
    return Stream.of(Check.Verdict.values())
        .map(verdict -> "%s %s".formatted(network.count(verdict), verdict.words()))
        .collect(Collectors.joining(", "));
  }

  private Block checks() {
    List<Block.CheckRow> rows = new ArrayList<>();
    List<Check> first = view.first().checks();
    for (int i = 0; i < first.size(); i++) {
      int number = i;
      rows.add(
          new Block.CheckRow(
              first.get(i).name(),
              first.get(i).source().words(),
              view.networks().stream()
                  .map(n -> n.checks().get(number))
                  .map(check -> new Block.CheckCell(check.verdict(), check.found()))
                  .toList()));
    }
    return new Block.CheckList(view.names(), rows);
  }
}
