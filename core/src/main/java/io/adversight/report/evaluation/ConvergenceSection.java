package io.adversight.report.evaluation;

import io.adversight.attack.Epsilon;
import io.adversight.report.format.Block;
import io.adversight.report.format.NumberText;
import io.adversight.study.evaluation.AttackGroup.Role;
import io.adversight.study.evaluation.Convergence;
import io.adversight.study.evaluation.NetworkEvaluation;
import java.util.ArrayList;
import java.util.List;

/** How success grows with the ball and with the iterations. */
final class ConvergenceSection {
  private final EvaluationView view;

  ConvergenceSection(EvaluationView view) {
    this.view = view;
  }

  List<Block> growth() {
    List<List<String>> rows = new ArrayList<>();
    List<Double> epsilons = view.first().probe().epsilons();
    for (int e = 0; e < epsilons.size(); e++) {
      int place = e;
      List<String> row =
          new ArrayList<>(List.of(Epsilon.text(view.spec().norm(), epsilons.get(e))));
      for (NetworkEvaluation network : view.networks()) {
        row.add(
            network.groups().attacks(Role.GROWTH).stream()
                .flatMap(attack -> attack.accuracies().stream())
                .filter(at -> at.epsilon() == epsilons.get(place))
                .findFirst()
                .map(at -> NumberText.percent(at.fooled()))
                .orElse(EvaluationView.NONE));
        row.add(NumberText.of(network.probe().losses().get(e)));
      }
      rows.add(row);
    }
    List<String> header = new ArrayList<>(List.of("epsilon"));
    for (NetworkEvaluation network : view.networks()) {
      header.add(view.heading("fooled by PGD, of those right", network));
      header.add(view.heading("mean loss", network));
    }
    return List.of(
        new Block.Table(header, rows, 1),
        new Block.Note(
            "Both must grow with epsilon, and in the last ball, which holds every image, no image"
                + " may withstand. The loss is the cross-entropy after ten steps of PGD over %s"
                    .formatted(view.spec().budget().subsets().attacked())
                + " images."));
  }

  List<Block> iterations() {
    List<List<String>> rows = new ArrayList<>();
    for (NetworkEvaluation network : view.networks()) {
      for (Convergence one : network.converging()) {
        List<String> row = new ArrayList<>();
        row.add(network.card().nameInResults());
        row.add(EvaluationView.title(one.attack()));
        row.add("%s of %s".formatted(one.iterations().size(), one.images()));
        for (int count : List.of(1, 5, 10, 20, 50, 100)) {
          row.add(NumberText.percent(one.within(count)));
        }
        rows.add(row);
      }
    }
    return List.of(
        new Block.Table(
            List.of(
                "network", "attack", "fooled", "within 1 iteration", "5", "10", "20", "50", "100"),
            rows,
            2),
        new Block.Group(Block.Layout.ROW, view.plot(EvaluationPlots.ITERATIONS)));
  }
}
