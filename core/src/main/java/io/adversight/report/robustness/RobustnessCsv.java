package io.adversight.report.robustness;

import io.adversight.attack.Outcome;
import io.adversight.metric.numeric.Proportion;
import io.adversight.study.Algorithm;
import io.adversight.study.robustness.AttackRobustness;
import io.adversight.study.robustness.NormStatistics;
import io.adversight.study.robustness.RobustnessStore;
import io.adversight.text.Csv;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A measurement of robustness as tables for programs; what does not apply is left empty. */
final class RobustnessCsv {
  private RobustnessCsv() {}

  /** One line for each attack and epsilon. */
  static String summary(RobustnessMeasurement measured) {
    List<List<String>> rows = new ArrayList<>();
    for (AttackRobustness attack : measured.summary().attacks()) {
      for (AttackRobustness.AtEpsilon at : attack.accuracies()) {
        List<String> row = new ArrayList<>(List.of(attack.attack().toString(), text(at.epsilon())));
        row.addAll(proportion(at.accuracy().ofAll()));
        row.addAll(proportion(at.accuracy().ofRight()));
        row.addAll(proportion(at.fooled()));
        row.addAll(proportion(at.rounded()));
        row.add(text(attack.smallest().map(NormStatistics::median)));
        row.add(text(attack.cost().gradients()));
        row.add(text(attack.cost().queries()));
        row.add(text(attack.seconds()));
        rows.add(row);
      }
    }
    List<String> header = new ArrayList<>(List.of("attack", "epsilon"));
    for (String name :
        List.of("robust of all", "robust of right", "fooled", "fooled after 8-bit quantization")) {
      header.addAll(List.of(name, "of", name + " low", name + " high"));
    }
    header.addAll(List.of("median norm", "gradients", "queries", "seconds"));
    return Csv.table(header, rows);
  }

  private static List<String> proportion(Proportion proportion) {
    return List.of(
        Long.toString(proportion.successes()),
        Long.toString(proportion.trials()),
        text(proportion.wilson().low()),
        text(proportion.wilson().high()));
  }

  /** One line for each image, attack and epsilon. */
  static String outcomes(RobustnessMeasurement measured, RobustnessStore store) {
    int images = Math.toIntExact(measured.summary().clean().trials());
    Map<Integer, String> names = new HashMap<>();
    store.clean().forEach(clean -> names.put(clean.image(), clean.name()));
    List<List<String>> rows = new ArrayList<>();
    for (Algorithm attack : measured.spec().attacks()) {
      for (Outcome o : store.outcomes(attack)) {
        if (measured.spec().covers(o, images)) {
          rows.add(row(attack, names.getOrDefault(o.image(), ""), o));
        }
      }
    }
    return Csv.table(
        List.of(
            "attack",
            "epsilon",
            "image",
            "label",
            "after",
            "success",
            "success after 8-bit quantization",
            "l0",
            "l1",
            "l2",
            "linf",
            "iterations",
            "gradients",
            "queries",
            "seconds"),
        rows);
  }

  private static List<String> row(Algorithm attack, String name, Outcome o) {
    return List.of(
        attack.toString(),
        text(o.epsilon()),
        name,
        Integer.toString(o.label()),
        Integer.toString(o.after()),
        Boolean.toString(o.success()),
        o.rounded().map(String::valueOf).orElse(""),
        Long.toString(o.norms().l0()),
        text(o.norms().l1()),
        text(o.norms().l2()),
        text(o.norms().linf()),
        Integer.toString(o.cost().iterations()),
        Integer.toString(o.cost().backwards()),
        Integer.toString(o.cost().forwards()),
        text(o.cost().seconds()));
  }

  private static String text(Optional<Double> value) {
    return value.map(RobustnessCsv::text).orElse("");
  }

  private static String text(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }
}
