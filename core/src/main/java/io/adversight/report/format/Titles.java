package io.adversight.report.format;

import io.adversight.catalog.Catalog;
import io.adversight.catalog.Entry;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Algorithms of a result as people call them. */
public final class Titles {
  private Titles() {}

  /** An algorithm with its changed parameters, such as "Grad-CAM (layer conv5)". */
  public static String of(JsonNode algorithm) {
    String parameters =
        algorithm.path("parameters").properties().stream()
            .map(parameter -> parameter.getKey() + " " + parameter.getValue().asString())
            .collect(Collectors.joining(", "));
    return named(Json.text(algorithm, "id"))
        + (parameters.isEmpty() ? "" : " (" + parameters + ")");
  }

  /** Several algorithms, joined by commas. */
  public static String list(JsonNode algorithms) {
    List<String> titles = new ArrayList<>();
    algorithms.forEach(algorithm -> titles.add(of(algorithm)));
    return String.join(", ", titles);
  }

  /** The title of the catalogue's entry of that name; the name itself if there is none. */
  public static String named(String id) {
    return Catalog.entries().stream()
        .filter(entry -> entry.id().equals(id))
        .map(Entry::title)
        .findFirst()
        .orElse(id);
  }
}
