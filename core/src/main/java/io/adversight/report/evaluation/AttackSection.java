package io.adversight.report.evaluation;

import io.adversight.attack.Epsilon;
import io.adversight.report.format.Block;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.RobustnessTable;
import io.adversight.study.evaluation.AttackGroup;
import io.adversight.study.evaluation.AttackGroup.Role;
import io.adversight.study.evaluation.AttackPlan;
import io.adversight.study.evaluation.NetworkEvaluation;
import io.adversight.study.robustness.AttackRobustness;
import java.util.ArrayList;
import java.util.List;

/** What each attack leaves. */
final class AttackSection {
  private final EvaluationView view;

  AttackSection(EvaluationView view) {
    this.view = view;
  }

  List<Block> blocks() {
    List<String> header = new ArrayList<>(List.of("attack", "knowledge", "images", "epsilon"));
    for (NetworkEvaluation network : view.networks()) {
      header.add(view.heading("robust, of all", network));
    }
    if (view.isSingle()) {
      header.addAll(List.of("gradients", "queries", "seconds"));
    }
    List<List<String>> rows = new ArrayList<>();
    NetworkEvaluation first = view.first();
    for (AttackGroup group : first.plan().groups()) {
      if (group.role() != Role.GROWTH) {
        for (AttackRobustness attack : first.groups().attacks(group.role())) {
          for (int e = 0; e < attack.accuracies().size(); e++) {
            rows.add(attack(group, attack, e));
          }
        }
      }
    }
    return List.of(
        new Block.Table(header, rows, 2),
        new Block.Note(
            "The standard ensemble (AutoAttack, Croce and Hein 2020) is %s, each made on all"
                    .formatted(String.join(", ", AttackPlan.AUTO_ATTACK.stream().sorted().toList()))
                + " images; an attack stops on an image once it succeeds. Gradients and queries"
                + " are means per image."));
  }

  private List<String> attack(AttackGroup group, AttackRobustness attack, int e) {
    double epsilon = attack.accuracies().get(e).epsilon();
    List<String> row = new ArrayList<>();
    row.add(EvaluationView.title(attack.attack()));
    row.add(group.role().words());
    row.add(Integer.toString(group.images()));
    row.add(
        Double.isNaN(epsilon) ? EvaluationView.NONE : Epsilon.text(view.spec().norm(), epsilon));
    for (NetworkEvaluation network : view.networks()) {
      row.add(
          network
              .groups()
              .of(group.role())
              .flatMap(summary -> summary.of(attack.attack()))
              .filter(own -> own.accuracies().size() > e)
              .map(own -> RobustnessTable.percent(own.accuracies().get(e).accuracy().ofAll()))
              .orElse(EvaluationView.NONE));
    }
    if (view.isSingle()) {
      row.add(NumberText.of(Math.rint(attack.cost().gradients())));
      row.add(NumberText.of(Math.rint(attack.cost().queries())));
      row.add(NumberText.of(attack.seconds()));
    }
    return row;
  }
}
