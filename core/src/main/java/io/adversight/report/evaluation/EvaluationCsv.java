package io.adversight.report.evaluation;

import io.adversight.attack.corruption.CommonCorruption;
import io.adversight.data.DataSet;
import io.adversight.metric.numeric.Proportion;
import io.adversight.report.format.Names;
import io.adversight.study.evaluation.AttackGroup;
import io.adversight.study.evaluation.CorruptionAccuracy;
import io.adversight.study.evaluation.EvaluationSpec;
import io.adversight.study.evaluation.NetworkEvaluation;
import io.adversight.study.robustness.AttackRobustness;
import io.adversight.text.Csv;
import java.util.ArrayList;
import java.util.List;

/** A robustness report as tables for programs. */
final class EvaluationCsv {
  private EvaluationCsv() {}

  /** One line for each accuracy. */
  static String measures(EvaluationSpec spec, List<NetworkEvaluation> networks) {
    List<List<String>> rows = new ArrayList<>();
    for (NetworkEvaluation network : networks) {
      String name = network.card().nameInResults();
      rows.add(row(name, "clean", Double.NaN, network.worst().clean()));
      for (double epsilon : spec.epsilons()) {
        rows.add(row(name, "all attacks", epsilon, network.worst().robust(epsilon)));
        rows.add(row(name, "auto-attack", epsilon, network.worst().autoAttack(epsilon)));
      }
      for (AttackGroup group : network.plan().groups()) {
        for (AttackRobustness attack : network.groups().attacks(group.role())) {
          for (AttackRobustness.AtEpsilon at : attack.accuracies()) {
            rows.add(row(name, attack.attack().toString(), at.epsilon(), at.accuracy().ofAll()));
          }
        }
      }
      for (CorruptionAccuracy one : network.corruptions()) {
        for (int s = 1; s <= CommonCorruption.SEVERITIES; s++) {
          rows.add(row(name, "%s %s".formatted(Names.of(one.type()), s), Double.NaN, one.at(s)));
        }
      }
    }
    return Csv.table(
        List.of("network", "attack", "epsilon", "right", "of", "accuracy", "low", "high"), rows);
  }

  private static List<String> row(String network, String attack, double epsilon, Proportion right) {
    return List.of(
        network,
        attack,
        number(epsilon),
        Long.toString(right.successes()),
        Long.toString(right.trials()),
        number(right.value()),
        number(right.wilson().low()),
        number(right.wilson().high()));
  }

  /** One line for each network and image that it classifies right. */
  static String images(EvaluationSpec spec, List<NetworkEvaluation> networks, DataSet images) {
    List<List<String>> rows = new ArrayList<>();
    for (NetworkEvaluation network : networks) {
      List<Integer> right = network.worst().right();
      for (int i = 0; i < right.size(); i++) {
        rows.add(
            List.of(
                network.card().nameInResults(),
                images.imageName(right.get(i)),
                number(network.worst().smallest().get(i))));
      }
    }
    return Csv.table(List.of("network", "image", "smallest " + spec.norm()), rows);
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }
}
