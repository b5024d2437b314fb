package io.adversight.report.study;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.report.format.RobustnessTable;
import io.adversight.report.format.SampleStatistics;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How much of the maps lies on the objects that are known in the images, before and after attacks:
 * the mean over the images that have such masks.
 */
public final class ObjectTable {
  static final String AREA = "share of the image";
  private static final String SHARES = "onObjects";

  /** What a mean is taken over. */
  private record Condition(String method, String attack, double epsilon, String map) {}

  private final Map<Condition, Map<String, List<Double>>> shares = new LinkedHashMap<>();

  private ObjectTable() {}

  /** The means over images as {@code result.json} has them; empty if none has masks. */
  static ArrayNode of(JsonNode images) {
    ObjectTable table = new ObjectTable();
    images.forEach(table::add);
    ArrayNode means = Json.MAPPER.createArrayNode();
    table.shares.forEach((condition, values) -> means.add(entry(condition, values)));
    return means;
  }

  private void add(JsonNode image) {
    if (image.has("objects")) {
      add(new Condition(AREA, "", Double.NaN, ""), image.path("objects"));
    }
    for (JsonNode explained : image.path("explanations")) {
      add(explained, "", Double.NaN, "clean image");
    }
    for (JsonNode attack : image.path("attacks")) {
      String id = attack.path("id").asString();
      double epsilon = Json.number(attack.path("epsilon"));
      for (JsonNode explained : attack.path("explanationsOfOriginalClass")) {
        add(explained, id, epsilon, "original class");
      }
      for (JsonNode explained : attack.path("explanationsOfNewClass")) {
        add(explained, id, epsilon, "new class");
      }
    }
  }

  private void add(JsonNode explained, String attack, double epsilon, String map) {
    if (explained.has(SHARES)) {
      String method = explained.path("id").asString();
      add(new Condition(method, attack, epsilon, map), explained.path(SHARES));
    }
  }

  private void add(Condition condition, JsonNode values) {
    Map<String, List<Double>> own = shares.computeIfAbsent(condition, key -> new LinkedHashMap<>());
    values
        .properties()
        .forEach(
            share ->
                own.computeIfAbsent(share.getKey(), key -> new ArrayList<>())
                    .add(Json.number(share.getValue())));
  }

  private static ObjectNode entry(Condition condition, Map<String, List<Double>> values) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("method", condition.method());
    if (!condition.attack().isEmpty()) {
      node.put("attack", condition.attack());
    }
    if (!Double.isNaN(condition.epsilon())) {
      node.put("epsilon", condition.epsilon());
    }
    if (!condition.map().isEmpty()) {
      node.put("map", condition.map());
    }
    ObjectNode means = node.putObject(SHARES);
    values.forEach((object, all) -> means.put(object, mean(all)));
    node.put("images", values.values().stream().mapToInt(List::size).max().orElse(0));
    return node;
  }

  private static double mean(List<Double> values) {
    return SampleStatistics.mean(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The entries of a {@code result.json}, attacked in {@code norm}, as a table for people. */
  public static RobustnessTable table(JsonNode means, Norm norm) {
    Set<String> objects = new LinkedHashSet<>();
    means.forEach(entry -> entry.path(SHARES).propertyNames().forEach(objects::add));
    List<String> header = new ArrayList<>(List.of("map", "attack", "of", "images"));
    objects.forEach(object -> header.add("on " + object));
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode entry : means) {
      List<String> row = new ArrayList<>();
      row.add(entry.path("method").asString());
      row.add(attack(entry, norm));
      row.add(entry.path("map").asString("-"));
      row.add(entry.path("images").asString());
      objects.forEach(object -> row.add(percent(entry.path(SHARES).path(object))));
      rows.add(row);
    }
    return new RobustnessTable(header, rows);
  }

  private static String attack(JsonNode entry, Norm norm) {
    String epsilon =
        entry.has("epsilon")
            ? ", epsilon " + Epsilon.text(norm, Json.number(entry.path("epsilon")))
            : "";
    return entry.has("attack") ? entry.path("attack").asString() + epsilon : "-";
  }

  private static String percent(JsonNode share) {
    return share.isMissingNode()
        ? "-"
        : String.format(Locale.ROOT, "%.1f %%", 100 * Json.number(share));
  }

  /**
   * The shares of one map in words, such as "71 % on bird, 20 % on discriminative part"; empty if
   * none.
   */
  static String words(JsonNode explained) {
    List<String> parts = new ArrayList<>();
    explained
        .path(SHARES)
        .properties()
        .forEach(
            share ->
                parts.add(
                    String.format(
                        Locale.ROOT,
                        "%.0f %% on %s",
                        100 * Json.number(share.getValue()),
                        share.getKey())));
    return String.join(", ", parts);
  }
}
