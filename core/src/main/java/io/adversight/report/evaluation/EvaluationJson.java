package io.adversight.report.evaluation;

import io.adversight.report.Provenance;
import io.adversight.report.format.Names;
import io.adversight.report.format.ResultJson;
import io.adversight.study.evaluation.AttackGroup;
import io.adversight.study.evaluation.Check;
import io.adversight.study.evaluation.CorruptionAccuracy;
import io.adversight.study.evaluation.DistanceBounds;
import io.adversight.study.evaluation.EvaluationSpec;
import io.adversight.study.evaluation.NetworkEvaluation;
import io.adversight.study.robustness.AttackRobustness;
import io.adversight.text.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A robustness report as JSON. */
final class EvaluationJson {
  private EvaluationJson() {}

  static ObjectNode of(
      ObjectNode spec,
      EvaluationSpec evaluation,
      List<NetworkEvaluation> networks,
      Provenance provenance,
      double seconds) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.set("evaluation", spec);
    node.set("provenance", ResultJson.provenance(provenance, seconds));
    ArrayNode all = node.putArray("networks");
    networks.forEach(network -> all.add(of(network, evaluation)));
    return node;
  }

  private static ObjectNode of(NetworkEvaluation network, EvaluationSpec evaluation) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("model", network.card().nameInResults());
    node.put("modelSha256", network.card().sha256());
    node.set("clean", ResultJson.proportion(network.worst().clean()));
    ArrayNode robust = node.putArray("robust");
    for (double epsilon : evaluation.epsilons()) {
      ObjectNode row = robust.addObject().put("epsilon", epsilon);
      row.set("worstCase", ResultJson.proportion(network.worst().robust(epsilon)));
      row.set("autoAttack", ResultJson.proportion(network.worst().autoAttack(epsilon)));
    }
    node.set("medianNorm", Json.of(network.worst().median()));
    ArrayNode attacks = node.putArray("attacks");
    for (AttackGroup group : network.plan().groups()) {
      for (AttackRobustness attack : network.groups().attacks(group.role())) {
        attacks.add(attack(group, attack));
      }
    }
    ArrayNode checks = node.putArray("checks");
    for (Check check : network.checks()) {
      checks
          .addObject()
          .put("name", check.name())
          .put("verdict", Names.of(check.verdict()))
          .put("found", check.found())
          .put("source", check.source().key());
    }
    ArrayNode corruptions = node.putArray("corruptions");
    for (CorruptionAccuracy one : network.corruptions()) {
      ObjectNode row = corruptions.addObject().put("type", Names.of(one.type()));
      row.put("images", one.images()).put("accuracy", one.mean());
      one.right().forEach(row.putArray("right")::add);
    }
    node.set("explanations", Json.MAPPER.valueToTree(network.explanations()));
    ArrayNode bounds = node.putArray("bounds");
    for (DistanceBounds bound : network.bounds()) {
      ObjectNode row = bounds.addObject().put("image", bound.image());
      row.set("certified", Json.of(bound.certified()));
      row.set("clever", Json.of(bound.clever()));
      row.set("found", Json.of(network.worst().smallest(bound.image())));
    }
    node.set("probe", Json.MAPPER.valueToTree(network.probe()));
    return node;
  }

  private static ObjectNode attack(AttackGroup group, AttackRobustness attack) {
    ObjectNode node = ResultJson.algorithm(attack.attack());
    node.put("role", Names.of(group.role()));
    node.put("images", group.images());
    ArrayNode accuracies = node.putArray("accuracies");
    for (AttackRobustness.AtEpsilon at : attack.accuracies()) {
      ObjectNode row = accuracies.addObject();
      if (Double.isFinite(at.epsilon())) {
        row.put("epsilon", at.epsilon());
      }
      row.set("robustOfAll", ResultJson.proportion(at.accuracy().ofAll()));
    }
    node.put("gradientsPerImage", attack.cost().gradients());
    node.put("queriesPerImage", attack.cost().queries());
    node.put("seconds", attack.seconds());
    return node;
  }
}
