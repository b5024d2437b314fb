package io.adversight.experiments.grid;

import io.adversight.attribution.Attribution;
import io.adversight.experiments.Bench;
import io.adversight.experiments.NamedAlgorithm;
import io.adversight.study.ExplanationMethods;
import io.adversight.text.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A heat map of a grid: an explanation of a network.
 *
 * @param name that numbers have
 * @param network that is explained, by name
 * @param method what explains
 */
record GridMap(String name, String network, Attribution method) {
  /** Those of the setting {@code maps}, by network, in its order. */
  static Map<String, List<GridMap>> byNetwork(Bench bench) {
    return bench
        .settings()
        .path("maps")
        .valueStream()
        .map(node -> of(node, bench.settings()))
        .collect(Collectors.groupingBy(GridMap::network, LinkedHashMap::new, Collectors.toList()));
  }

  private static GridMap of(JsonNode node, JsonNode settings) {
    NamedAlgorithm named = NamedAlgorithm.of(node);
    String network = Json.text(node, "network");
    return new GridMap(
        named.name(),
        network.equals(GridNetwork.MODEL) ? Json.text(settings, GridNetwork.MODEL) : network,
        ExplanationMethods.create(named.algorithm()));
  }
}
