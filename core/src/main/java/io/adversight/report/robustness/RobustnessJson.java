package io.adversight.report.robustness;

import io.adversight.report.Provenance;
import io.adversight.report.format.Names;
import io.adversight.report.format.ResultJson;
import io.adversight.study.robustness.AttackRobustness;
import io.adversight.study.robustness.NormStatistics;
import io.adversight.study.robustness.RobustnessSummary;
import io.adversight.text.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A measurement of robustness as JSON. */
final class RobustnessJson {
  private RobustnessJson() {}

  static ObjectNode of(RobustnessMeasurement measured, ObjectNode identity, Provenance provenance) {
    RobustnessSummary summary = measured.summary();
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.set("measured", identity);
    double seconds = summary.attacks().stream().mapToDouble(AttackRobustness::seconds).sum();
    node.set("provenance", ResultJson.provenance(provenance, seconds));
    node.put("images", summary.clean().trials());
    node.set("clean", ResultJson.proportion(summary.clean()));
    ArrayNode attacks = node.putArray("attacks");
    summary.attacks().forEach(attack -> attacks.add(attack(attack)));
    ArrayNode together = node.putArray("together");
    for (RobustnessSummary.Together left : summary.together()) {
      ObjectNode row = together.addObject();
      row.put("epsilon", left.epsilon());
      row.set("robustOfAll", ResultJson.proportion(left.ofAll()));
      row.set("robustOfRight", ResultJson.proportion(left.ofRight()));
    }
    ArrayNode signs = node.putArray("suspicions");
    summary
        .signs()
        .forEach(sign -> signs.addObject().put("attack", sign.who()).put("words", sign.words()));
    return node;
  }

  private static ObjectNode attack(AttackRobustness attack) {
    ObjectNode node = ResultJson.algorithm(attack.attack());
    ArrayNode accuracies = node.putArray("accuracies");
    for (AttackRobustness.AtEpsilon at : attack.accuracies()) {
      accuracies.add(accuracy(at));
    }
    attack.smallest().ifPresent(sizes -> node.set("smallest", sizes(sizes)));
    node.put("gradientsPerImage", attack.cost().gradients());
    node.put("queriesPerImage", attack.cost().queries());
    node.put("seconds", attack.seconds());
    node.put("failures", attack.failures());
    ObjectNode causes = node.putObject("causes");
    attack.causes().forEach((cause, count) -> causes.put(Names.of(cause), count));
    return node;
  }

  private static ObjectNode accuracy(AttackRobustness.AtEpsilon at) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    if (Double.isFinite(at.epsilon())) {
      node.put("epsilon", at.epsilon());
    }
    node.set("robustOfAll", ResultJson.proportion(at.accuracy().ofAll()));
    node.set("robustOfRight", ResultJson.proportion(at.accuracy().ofRight()));
    node.set("fooled", ResultJson.proportion(at.fooled()));
    if (at.rounded().trials() > 0) {
      node.set("fooledAfterRounding", ResultJson.proportion(at.rounded()));
    }
    return node;
  }

  private static ObjectNode sizes(NormStatistics sizes) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.set("found", ResultJson.proportion(sizes.found()));
    if (sizes.rounded().trials() > 0) {
      node.set("foundAfterRounding", ResultJson.proportion(sizes.rounded()));
    }
    put(node, "lowerQuartile", sizes.lower());
    put(node, "median", sizes.median());
    put(node, "upperQuartile", sizes.upper());
    return node;
  }

  /** JSON knows no infinity: a size that was not found is left out. */
  private static void put(ObjectNode node, String name, double size) {
    if (Double.isFinite(size)) {
      node.put(name, size);
    }
  }
}
