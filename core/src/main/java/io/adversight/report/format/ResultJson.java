package io.adversight.report.format;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Trajectory;
import io.adversight.data.Labels;
import io.adversight.image.ColorScale;
import io.adversight.image.Raster;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.ModelCard;
import io.adversight.model.Prediction;
import io.adversight.report.Provenance;
import io.adversight.study.Algorithm;
import io.adversight.study.AttackSpec.Option;
import io.adversight.study.Attacked;
import io.adversight.study.Explained;
import io.adversight.study.ImageResult;
import io.adversight.study.StudySpec;
import io.adversight.study.explanation.ObjectShares;
import io.adversight.text.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Results as JSON: every number that is not an array of pixels. */
public final class ResultJson {
  private static final int TOP = 5;

  private ResultJson() {}

  /**
   * What a study is asked for: network, attacks, norm, epsilons in the pixel range [0, 1], methods,
   * seed.
   */
  public static ObjectNode spec(StudySpec spec, ModelCard card) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("model", card.nameInResults());
    node.put("modelSha256", card.sha256());
    node.set("attacks", algorithms(spec.attacks()));
    node.put("norm", spec.norm().name());
    ArrayNode epsilons = node.putArray("epsilons");
    spec.epsilons().forEach(epsilons::add);
    spec.target().ifPresent(target -> node.put("target", target));
    node.set("methods", algorithms(spec.methods()));
    spec.explained().ifPresent(index -> node.put("explainedClass", index));
    node.put("seed", spec.seed());
    node.put("batch", spec.batch());
    node.put("rounding", spec.has(Option.ROUNDING));
    node.put("quantize", spec.has(Option.QUANTIZE));
    node.put("smallest", spec.has(Option.SMALLEST));
    node.put("earlyStop", spec.has(Option.EARLY_STOP));
    return node;
  }

  /** Algorithms with the parameters that differ from their defaults. */
  public static ArrayNode algorithms(List<Algorithm> algorithms) {
    ArrayNode array = Json.MAPPER.createArrayNode();
    for (Algorithm algorithm : algorithms) {
      array.add(algorithm(algorithm));
    }
    return array;
  }

  /** One algorithm with the parameters that differ from its defaults. */
  public static ObjectNode algorithm(Algorithm algorithm) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("id", algorithm.id());
    ObjectNode parameters = node.putObject("parameters");
    algorithm.parameters().forEach(parameters::put);
    return node;
  }

  /** A rate with its counts and its Wilson interval at 95 %; null without trials. */
  public static ObjectNode proportion(Proportion proportion) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("successes", proportion.successes());
    node.put("trials", proportion.trials());
    node.put("rate", proportion.trials() == 0 ? null : (Double) proportion.value());
    node.put("low", proportion.wilson().low());
    node.put("high", proportion.wilson().high());
    return node;
  }

  /** The counts that {@link #proportion(Proportion)} wrote. */
  public static Proportion proportion(JsonNode node) {
    return new Proportion(node.path("successes").asLong(0), node.path("trials").asLong(0));
  }

  /** What a result was made with: version, commit, engine, command, and the seconds it took. */
  public static ObjectNode provenance(Provenance provenance, double seconds) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("version", provenance.version());
    node.put("commit", provenance.commit());
    node.put("engine", provenance.engine());
    node.put("java", provenance.java());
    node.put("device", provenance.device());
    node.put("threads", provenance.threads());
    if (!provenance.defense().isEmpty()) {
      node.put("defense", provenance.defense());
    }
    ArrayNode command = node.putArray("command");
    provenance.command().forEach(command::add);
    node.put("seconds", seconds);
    return node;
  }

  /**
   * The results of one image: predictions before and after, statistics of its maps, similarities.
   */
  public static ObjectNode image(ImageResult result, Labels labels) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("name", result.image().name());
    node.put("file", result.image().file());
    node.put("sha256", result.image().sha256());
    node.set("label", classNode(result.label(), labels));
    node.put("labelGiven", result.image().label().isPresent());
    node.set("before", prediction(result.prediction(), labels));
    Map<String, Raster> objects = result.image().objects();
    if (!objects.isEmpty()) {
      node.set("objects", Json.MAPPER.valueToTree(ObjectShares.ofArea(objects)));
    }
    node.set("explanations", explained(result.explanations(), objects, labels));
    if (!result.prototypes().isEmpty()) {
      node.set("prototypes", PrototypeJson.of(result.prototypes(), labels));
    }
    ArrayNode attacks = node.putArray("attacks");
    result.attacked().forEach(attacked -> attacks.add(attacked(attacked, objects, labels)));
    return node;
  }

  private static ObjectNode classNode(int index, Labels labels) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("index", index);
    node.put("name", labels.name(index));
    return node;
  }

  /** The five most probable classes with probability and logit. */
  public static ObjectNode prediction(Prediction prediction, Labels labels) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    ArrayNode top = node.putArray("top");
    for (int index : prediction.top(TOP)) {
      ObjectNode row = classNode(index, labels);
      row.put("probability", prediction.probability(index));
      row.put("logit", prediction.logits().get(index));
      top.add(row);
    }
    return node;
  }

  private static ArrayNode explained(
      List<Explained> explanations, Map<String, Raster> objects, Labels labels) {
    ArrayNode array = Json.MAPPER.createArrayNode();
    explanations.forEach(explained -> array.add(explained(explained, objects, labels)));
    return array;
  }

  private static ObjectNode explained(
      Explained explained, Map<String, Raster> objects, Labels labels) {
    ObjectNode node = algorithm(explained.method());
    node.set("class", classNode(explained.explainedClass(), labels));
    node.put("reduction", Names.of(explained.reduction()));
    node.put("min", explained.heatmap().map().min());
    node.put("max", explained.heatmap().map().max());
    node.set("colors", colors(ColorScale.of(explained.heatmap().map())));
    node.put("allNegative", explained.heatmap().isAllNegative());
    node.put("empty", explained.heatmap().isEmpty());
    if (!objects.isEmpty()) {
      Map<String, Double> shares = ObjectShares.of(explained.heatmap().map(), objects);
      node.set("onObjects", Json.MAPPER.valueToTree(shares));
    }
    return node;
  }

  /** What the colours of a map as an image mean. */
  public static ObjectNode colors(ColorScale scale) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("map", Names.of(scale.colors()));
    node.put("low", scale.low());
    node.put("high", scale.high());
    node.put("clipped", scale.clipped());
    return node;
  }

  private static ObjectNode attacked(
      Attacked attacked, Map<String, Raster> objects, Labels labels) {
    Adversarial adversarial = attacked.adversarial();
    ObjectNode node = algorithm(attacked.attack());
    if (Double.isFinite(adversarial.epsilon())) {
      node.put("epsilon", adversarial.epsilon());
    }
    node.put("success", adversarial.success());
    if (adversarial.rounded().isPresent()) {
      node.put("successAfterRounding", adversarial.roundedSuccess());
      node.set("afterRounding", prediction(adversarial.rounded().get(), labels));
    }
    node.set("after", prediction(adversarial.after(), labels));
    ObjectNode norms = node.putObject("norms");
    norms.put("l0", adversarial.norms().l0());
    norms.put("l1", adversarial.norms().l1());
    norms.put("l2", adversarial.norms().l2());
    norms.put("linf", adversarial.norms().linf());
    if (Double.isFinite(adversarial.ssim())) {
      node.put("ssim", adversarial.ssim());
    }
    if (Double.isFinite(adversarial.psnr())) {
      node.put("psnr", adversarial.psnr());
    }
    ArrayNode findings = node.putArray("findings");
    adversarial.diagnoses().forEach(diagnosis -> findings.add(diagnosis.explanation()));
    if (!attacked.trajectory().isEmpty()) {
      ArrayNode frames = node.putArray("trajectory");
      for (Trajectory.Frame frame : attacked.trajectory()) {
        ObjectNode one = prediction(frame.prediction(), labels);
        one.put("step", frame.step());
        one.put("loss", frame.loss());
        frames.add(one);
      }
    }
    ObjectNode cost = node.putObject("cost");
    cost.put("iterations", adversarial.cost().iterations());
    cost.put("forwards", adversarial.cost().forwards());
    cost.put("backwards", adversarial.cost().backwards());
    cost.put("seconds", adversarial.cost().seconds());
    node.set("explanationsOfOriginalClass", explained(attacked.sameClass(), objects, labels));
    node.set("explanationsOfNewClass", explained(attacked.newClass(), objects, labels));
    if (!attacked.prototypes().isEmpty()) {
      node.set("prototypes", PrototypeJson.of(attacked.prototypes(), labels));
    }
    return node;
  }
}
