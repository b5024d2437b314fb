package io.adversight.report.evaluation;

import io.adversight.report.format.Block;
import io.adversight.report.format.NumberText;
import io.adversight.study.evaluation.ExplanationShift;
import io.adversight.study.evaluation.NetworkEvaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What an attack does to explanations. */
final class ExplanationSection {
  private final EvaluationView view;

  ExplanationSection(EvaluationView view) {
    this.view = view;
  }

  List<Block> blocks() {
    List<List<String>> rows = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    for (NetworkEvaluation network : view.networks()) {
      for (ExplanationShift.Row one : network.explanations().rows()) {
        List<String> row =
            new ArrayList<>(
                List.of(
                    network.card().nameInResults(),
                    one.method(),
                    Integer.toString(one.images()),
                    NumberText.of(one.attacked()),
                    NumberText.of(one.noisy())));
        row.add(
            one.shares().isEmpty()
                ? EvaluationView.NONE
                : one.shares().stream()
                    .map(
                        share ->
                            "%s %s to %s"
                                .formatted(
                                    share.object(),
                                    NumberText.percent(share.before()),
                                    NumberText.percent(share.after())))
                    .collect(Collectors.joining("; ")));
        rows.add(row);
      }
      if (!network.explanations().notRun().isEmpty()) {
        blocks.add(
            new Block.Note(
                "NOT RUN on %s: %s"
                    .formatted(network.card().nameInResults(), network.explanations().notRun())));
      }
    }
    if (!rows.isEmpty()) {
      blocks.add(
          new Block.Table(
              List.of(
                  "network",
                  "explanation",
                  "images",
                  "rank correlation after PGD",
                  "after noise",
                  "share on objects, before to after PGD"),
              rows,
              2));
      blocks.add(
          new Block.Note(
              "Maps of the true class, before and after the change, at %s: Spearman's rank"
                      .formatted(view.at(view.spec().epsilon()))
                  + " correlation is 1 if they stay. Noise is a random point of the same ball."));
    }
    return blocks;
  }
}
