package io.adversight.report.evaluation;

import io.adversight.report.format.Block;
import io.adversight.study.evaluation.DistanceBounds;
import io.adversight.study.evaluation.NetworkEvaluation;
import java.util.ArrayList;
import java.util.List;

/** Lower bounds beside what attacks found. */
final class BoundSection {
  private final EvaluationView view;

  BoundSection(EvaluationView view) {
    this.view = view;
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (NetworkEvaluation network : view.networks()) {
      for (DistanceBounds bound : network.bounds()) {
        rows.add(
            List.of(
                network.card().nameInResults(),
                view.images().imageName(bound.image()),
                line(bound, network.worst().smallest(bound.image()))));
      }
      network.bounds().stream()
          .map(DistanceBounds::notRun)
          .filter(why -> !why.isEmpty())
          .findFirst()
          .ifPresent(
              why ->
                  blocks.add(
                      new Block.Note(
                          "NOT RUN on %s: %s".formatted(network.card().nameInResults(), why))));
    }
    blocks.add(
        new Block.Table(List.of("network", "image", view.spec().norm().toString()), rows, 3));
    blocks.add(
        new Block.Note(
            "The certified radius is a proof (CROWN-IBP, Zhang et al. 2020), CLEVER an estimate"
                + " (Weng et al. 2018), found is the smallest change of all attacks. The nearest"
                + " adversarial image lies between the first and the last."));
    return blocks;
  }

  /** The bounds of one image in one line. */
  private static String line(DistanceBounds bound, double found) {
    String certified =
        Double.isNaN(bound.certified())
            ? ""
            : "certified %s <= ".formatted(EvaluationView.size(bound.certified()));
    String relation = bound.clever() <= found ? "<=" : "> (sampled too little)";
    return "%sCLEVER %s %s found %s"
        .formatted(
            certified, EvaluationView.size(bound.clever()), relation, EvaluationView.size(found));
  }
}
