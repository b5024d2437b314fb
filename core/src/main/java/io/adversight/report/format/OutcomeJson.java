package io.adversight.report.format;

import io.adversight.attack.Adversarial.Cost;
import io.adversight.attack.Adversarial.Norms;
import io.adversight.attack.Diagnosis;
import io.adversight.attack.Outcome;
import io.adversight.input.InputException;
import io.adversight.study.robustness.RobustnessStore.Clean;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Outcomes of attacks as JSON, and back. */
public final class OutcomeJson {
  private OutcomeJson() {}

  /** A clean image with its label and its prediction. */
  public static ObjectNode of(Clean clean) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("image", clean.image());
    node.put("name", clean.name());
    node.put("sha256", clean.sha256());
    node.put("label", clean.label());
    node.put("predicted", clean.predicted());
    return node;
  }

  /** Reads what {@link #of(Clean)} wrote. */
  public static Clean clean(JsonNode node) {
    return new Clean(
        node.path("image").asInt(),
        node.path("name").asString(),
        node.path("sha256").asString(""),
        node.path("label").asInt(),
        node.path("predicted").asInt());
  }

  /** How an attack on one image ended; an infinite epsilon is left out. */
  public static ObjectNode of(Outcome outcome) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("image", outcome.image());
    node.put("label", outcome.label());
    if (Double.isFinite(outcome.epsilon())) {
      node.put("epsilon", outcome.epsilon());
    }
    node.put("before", outcome.before());
    node.put("after", outcome.after());
    node.put("success", outcome.success());
    outcome.rounded().ifPresent(rounded -> node.put("successAfterRounding", rounded));
    node.set("norms", of(outcome.norms()));
    node.set("cost", of(outcome.cost()));
    ArrayNode causes = node.putArray("causes");
    outcome.causes().forEach(cause -> causes.add(Names.of(cause)));
    return node;
  }

  /**
   * Reads what {@link #of(Outcome)} wrote.
   *
   * @throws io.adversight.input.InputException for an unknown cause of failure
   */
  public static Outcome outcome(JsonNode node) {
    List<Diagnosis.Cause> causes = new ArrayList<>();
    node.path("causes").forEach(cause -> causes.add(cause(cause.asString())));
    JsonNode rounded = node.path("successAfterRounding");
    return new Outcome(
        node.path("image").asInt(),
        node.path("label").asInt(),
        Json.number(node.path("epsilon")),
        node.path("before").asInt(),
        node.path("after").asInt(),
        node.path("success").asBoolean(),
        rounded.isMissingNode() ? Optional.empty() : Optional.of(rounded.asBoolean()),
        norms(node.path("norms")),
        cost(node.path("cost")),
        causes);
  }

  private static Diagnosis.Cause cause(String name) {
    for (Diagnosis.Cause cause : Diagnosis.Cause.values()) {
      if (Names.of(cause).equals(name)) {
        return cause;
      }
    }
    throw new InputException("unknown cause \"%s\"".formatted(name));
  }

  /** The norms of a perturbation, in the pixel range [0, 1]. */
  public static ObjectNode of(Norms norms) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("l0", norms.l0());
    node.put("l1", norms.l1());
    node.put("l2", norms.l2());
    node.put("linf", norms.linf());
    return node;
  }

  /** Reads what {@link #of(Norms)} wrote. */
  public static Norms norms(JsonNode node) {
    return new Norms(
        node.path("l0").asLong(),
        Json.number(node.path("l1")),
        Json.number(node.path("l2")),
        Json.number(node.path("linf")));
  }

  /** What an attack cost: iterations, forward and backward passes, seconds. */
  public static ObjectNode of(Cost cost) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("iterations", cost.iterations());
    node.put("forwards", cost.forwards());
    node.put("backwards", cost.backwards());
    node.put("seconds", cost.seconds());
    return node;
  }

  /** Reads what {@link #of(Cost)} wrote. */
  public static Cost cost(JsonNode node) {
    return new Cost(
        node.path("iterations").asInt(),
        node.path("forwards").asInt(),
        node.path("backwards").asInt(),
        Json.number(node.path("seconds")));
  }
}
