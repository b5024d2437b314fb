package io.adversight.cli;

import io.adversight.attack.latent.Generators;
import io.adversight.attack.latent.TypeOne;
import io.adversight.attribution.Attribution;
import io.adversight.evaluation.robustness.OraclePanel;
import io.adversight.evaluation.robustness.WalkObserver;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.EngineChoice;
import io.adversight.model.GraphClassifier;
import io.adversight.model.LatentModel;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.report.format.ResultJson;
import io.adversight.study.Algorithm;
import io.adversight.study.ExplanationMethods;
import io.adversight.tensor.Device;
import io.adversight.text.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The networks of {@code transition}, opened and checked, and what results say of them. */
record TransitionNetworks(
    GraphClassifier attacked, WalkObserver observer, TypeOne attack, Algorithm method) {
  /**
   * Opens all of them.
   *
   * @param network that is attacked
   * @param oracles that judge
   * @param engine computes their passes
   */
  static TransitionNetworks open(
      DataHome home,
      String network,
      List<String> oracles,
      TypeOne attack,
      Algorithm method,
      EngineChoice engine) {
    Models models = new Models(home);
    GraphClassifier attacked = open(models, network).on(engine);
    LatentModel model = Generators.open(models, attack.generator(), attacked);
    List<Classifier> judges =
        oracles.stream()
            .<Classifier>map(name -> judge(open(models, name).on(engine), attacked))
            .toList();
    Attribution explanation = ExplanationMethods.create(method);
    explanation.gradientsAt(attacked); // says now whether the network has what it needs
    WalkObserver observer = new WalkObserver(model, attacked, new OraclePanel(judges), explanation);
    return new TransitionNetworks(attacked, observer, attack, method);
  }

  private static GraphClassifier open(Models models, String name) {
    return ModelReader.open(Downloads.locate(models, name), Device.CPU);
  }

  private static GraphClassifier judge(GraphClassifier oracle, GraphClassifier attacked) {
    if (oracle.card().name().equals(attacked.card().name())) {
      throw new InputException(
          "the oracle \"%s\" is the attacked network, which cannot judge itself; name others with --oracles"
              .formatted(oracle.card().name()));
    }
    if (!oracle.card().input().equals(attacked.card().input())) {
      throw new InputException(
          "the oracle \"%s\" takes images of another size than \"%s\""
              .formatted(oracle.card().name(), attacked.card().name()));
    }
    if (oracle.card().classes() != attacked.card().classes()) {
      throw new InputException(
          "the oracle \"%s\" knows %s classes, but \"%s\" %s"
              .formatted(
                  oracle.card().name(),
                  oracle.card().classes(),
                  attacked.card().name(),
                  attacked.card().classes()));
    }
    return oracle;
  }

  /** By which a folder of results is known again. */
  ObjectNode spec() {
    ObjectNode spec = Json.MAPPER.createObjectNode();
    spec.put("model", attacked.card().nameInResults());
    spec.put("modelSha256", attacked.card().sha256());
    spec.set("attack", Json.MAPPER.valueToTree(attack));
    spec.put("generatorSha256", observer.model().card().sha256());
    ArrayNode names = spec.putArray("oracles");
    ArrayNode hashes = spec.putArray("oraclesSha256");
    for (Classifier oracle : observer.oracles().networks()) {
      ModelCard card = oracle.card();
      names.add(card.nameInResults());
      hashes.add(card.sha256());
    }
    spec.set("method", ResultJson.algorithm(method));
    return spec;
  }
}
