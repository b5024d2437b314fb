package io.adversight.report.format;

import io.adversight.attack.problem.Norm;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.model.ModelCard;
import io.adversight.study.Algorithm;
import io.adversight.study.AttackSpec;
import io.adversight.study.ExplanationSpec;
import io.adversight.study.StudySpec;
import io.adversight.study.robustness.RobustnessSpec;
import io.adversight.text.DidYouMean;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads specifications of studies and of robustness measurements. {@link #study} reads what {@link
 * ResultJson#spec} writes; all fields but the attacks or the methods may be absent. An algorithm is
 * its id, or an object with {@code id} and {@code parameters}; an epsilon is a number or a fraction
 * such as {@code "8/255"}.
 */
public final class SpecJson {
  private static final int BATCH = 16;

  private SpecJson() {}

  /**
   * A study.
   *
   * @throws InputException if a field is not what it should be
   */
  public static StudySpec study(JsonNode node) {
    return new StudySpec(
        new AttackSpec(
            algorithms(node, "attacks"),
            norm(node),
            epsilons(node),
            index(node, "target"),
            options(
                node,
                AttackSpec.Option.class,
                Map.of(
                    "rounding", AttackSpec.Option.ROUNDING,
                    "quantize", AttackSpec.Option.QUANTIZE,
                    "smallest", AttackSpec.Option.SMALLEST,
                    "earlyStop", AttackSpec.Option.EARLY_STOP))),
        new ExplanationSpec(algorithms(node, "methods"), index(node, "explainedClass")),
        whole(node, "seed", 0),
        Math.toIntExact(whole(node, "batch", BATCH)));
  }

  /**
   * A measurement of robustness.
   *
   * @throws InputException if a field is not what it should be
   */
  public static RobustnessSpec robustness(JsonNode node) {
    return new RobustnessSpec(
        algorithms(node, "attacks"),
        norm(node),
        epsilons(node),
        whole(node, "seed", 0),
        Math.toIntExact(whole(node, "batch", BATCH)),
        options(
            node,
            RobustnessSpec.Option.class,
            Map.of(
                "rounding", RobustnessSpec.Option.ROUNDING,
                "earlyStop", RobustnessSpec.Option.EARLY_STOP)));
  }

  /** What {@link #robustness} reads, with the network. */
  public static ObjectNode of(RobustnessSpec spec, ModelCard card) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("model", card.nameInResults());
    node.put("modelSha256", card.sha256());
    node.set("attacks", ResultJson.algorithms(spec.attacks()));
    node.put("norm", spec.norm().name());
    ArrayNode epsilons = node.putArray("epsilons");
    spec.epsilons().forEach(epsilons::add);
    node.put("seed", spec.seed());
    node.put("batch", spec.batch());
    node.put("rounding", spec.has(RobustnessSpec.Option.ROUNDING));
    node.put("earlyStop", spec.has(RobustnessSpec.Option.EARLY_STOP));
    return node;
  }

  /**
   * Refuses fields that a reader does not know, as they would be ignored.
   *
   * @throws UnknownNameException naming the first
   */
  public static void requireKnown(JsonNode node, Set<String> known) {
    for (String field : node.propertyNames()) {
      if (!known.contains(field)) {
        throw new UnknownNameException(
            "there is no field \"%s\"%s; the fields are %s"
                .formatted(field, DidYouMean.hint(known, field), String.join(", ", known)));
      }
    }
  }

  /** The algorithms of a field; none where it is absent. */
  public static List<Algorithm> algorithms(JsonNode node, String field) {
    List<Algorithm> algorithms = new ArrayList<>();
    for (JsonNode one : list(node, field)) {
      algorithms.add(algorithm(one, field));
    }
    return algorithms;
  }

  private static Algorithm algorithm(JsonNode node, String field) {
    if (node.isString()) {
      return Algorithm.of(node.asString());
    }
    if (!node.path("id").isString()) {
      throw expected(field, "ids, or objects with id and parameters", node);
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    node.path("parameters")
        .forEachEntry((name, value) -> parameters.put(name, value.asString(value.toString())));
    return new Algorithm(node.path("id").asString(), parameters);
  }

  private static Norm norm(JsonNode node) {
    JsonNode norm = node.path("norm");
    if (norm.isMissingNode()) {
      return Norm.LINF;
    }
    try {
      return Norm.valueOf(norm.asString("").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw expected("norm", List.of(Norm.values()).toString(), norm);
    }
  }

  private static List<Double> epsilons(JsonNode node) {
    List<Double> epsilons = new ArrayList<>();
    for (JsonNode one : list(node, "epsilons")) {
      epsilons.add(epsilon(one));
    }
    return epsilons;
  }

  private static double epsilon(JsonNode node) {
    if (node.isNumber()) {
      return Json.number(node);
    }
    String[] parts = node.asString("").split("/", -1);
    try {
      double value = Double.parseDouble(parts[0].strip());
      return parts.length == 1 ? value : value / Double.parseDouble(parts[1].strip());
    } catch (NumberFormatException e) {
      throw expected("epsilons", "numbers or fractions such as \"8/255\"", node);
    }
  }

  private static List<JsonNode> list(JsonNode node, String field) {
    JsonNode list = node.path(field);
    if (list.isMissingNode()) {
      return List.of();
    }
    if (!list.isArray()) {
      throw expected(field, "a list", list);
    }
    return list.valueStream().toList();
  }

  private static OptionalInt index(JsonNode node, String field) {
    return node.has(field)
        ? OptionalInt.of(Math.toIntExact(whole(node, field, 0)))
        : OptionalInt.empty();
  }

  /** A whole number, or what holds where the field is absent. */
  public static long whole(JsonNode node, String field, long absent) {
    JsonNode number = node.path(field);
    if (number.isMissingNode()) {
      return absent;
    }
    if (!number.isIntegralNumber() || !number.canConvertToLong()) {
      throw expected(field, "a whole number", number);
    }
    return number.asLong();
  }

  private static <E extends Enum<E>> Set<E> options(
      JsonNode node, Class<E> type, Map<String, E> fields) {
    Set<E> options = EnumSet.noneOf(type);
    fields.forEach(
        (field, option) -> {
          JsonNode value = node.path(field);
          if (!value.isMissingNode() && !value.isBoolean()) {
            throw expected(field, "true or false", value);
          }
          if (value.asBoolean(false)) {
            options.add(option);
          }
        });
    return options;
  }

  private static InputException expected(String field, String what, JsonNode given) {
    return new InputException(
        "\"%s\" must be %s, but is %s".formatted(field, what, Json.shown(given)));
  }
}
