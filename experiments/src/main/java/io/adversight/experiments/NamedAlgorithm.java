package io.adversight.experiments;

import io.adversight.study.Algorithm;
import io.adversight.text.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An algorithm among the settings: {@code {"name": ..., "id": ..., "parameters": {...}}}.
 *
 * @param name that numbers have
 * @param algorithm an entry of the catalogue
 */
public record NamedAlgorithm(String name, Algorithm algorithm) {
  /** Those that a setting lists. */
  public static List<NamedAlgorithm> list(Bench bench, String setting) {
    return bench.settings().path(setting).valueStream().map(NamedAlgorithm::of).toList();
  }

  /** One of them. */
  public static NamedAlgorithm of(JsonNode node) {
    Map<String, String> parameters = new LinkedHashMap<>();
    node.path("parameters").forEachEntry((name, value) -> parameters.put(name, value.asString()));
    return new NamedAlgorithm(
        Json.text(node, "name"), new Algorithm(Json.text(node, "id"), parameters));
  }
}
