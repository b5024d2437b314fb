package io.adversight.experiments;

import io.adversight.report.Provenance;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.ResultJson;
import io.adversight.text.Csv;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run of an experiment found: the file {@code result.json} of its results.
 *
 * @param quick whether it was the quick subset
 * @param settings that it ran with
 * @param numbers measured, by name; what the claims' rules compare
 * @param texts measured values that are no numbers, by name
 * @param exhibits tables, plots and images, in order
 * @param origin versions, command and seconds, as {@code result.json} holds them
 */
public record Measured(
    boolean quick,
    JsonNode settings,
    Map<String, Double> numbers,
    Map<String, String> texts,
    List<Exhibit> exhibits,
    JsonNode origin) {
  /**
   * A file of the results.
   *
   * @param file its name, ending in csv, svg, png or jpg
   * @param caption what it shows
   */
  public record Exhibit(String file, String caption) {}

  /** Copies the collections. */
  public Measured {
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    exhibits = List.copyOf(exhibits);
  }

  /** A measured value as people read it; a dash if there is none of that name. */
  String shown(String name) {
    Double number = numbers.get(name);
    return number == null ? texts.getOrDefault(name, "–") : NumberText.of(number);
  }

  /** This as {@code result.json}. */
  ObjectNode toJson() {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("quick", quick);
    node.set("settings", settings);
    ObjectNode values = node.putObject("numbers");
    numbers.forEach(values::put);
    ObjectNode words = node.putObject("texts");
    texts.forEach(words::put);
    ArrayNode files = node.putArray("exhibits");
    exhibits.forEach(
        exhibit -> files.addObject().put("file", exhibit.file()).put("caption", exhibit.caption()));
    node.set("provenance", origin);
    return node;
  }

  /** Reads {@code result.json}. */
  static Measured parse(String json) {
    JsonNode node = Json.MAPPER.readTree(json);
    Map<String, Double> numbers = new LinkedHashMap<>();
    node.path("numbers").forEachEntry((name, value) -> numbers.put(name, Json.number(value)));
    Map<String, String> texts = new LinkedHashMap<>();
    node.path("texts").forEachEntry((name, value) -> texts.put(name, value.asString()));
    List<Exhibit> exhibits = new ArrayList<>();
    for (JsonNode file : node.path("exhibits")) {
      exhibits.add(new Exhibit(Json.text(file, "file"), Json.text(file, "caption")));
    }
    return new Measured(
        node.path("quick").asBoolean(),
        node.path("settings"),
        numbers,
        texts,
        exhibits,
        node.path("provenance"));
  }

  /** All values as a table. */
  String csv() {
    List<List<String>> rows = new ArrayList<>();
    numbers.forEach((name, value) -> rows.add(List.of(name, Double.toString(value))));
    texts.forEach((name, value) -> rows.add(List.of(name, value)));
    return Csv.table(List.of("number", "ours"), rows);
  }

  static JsonNode origin(Provenance provenance, double seconds) {
    return ResultJson.provenance(provenance, seconds);
  }
}
