package io.adversight.experiments.grid;

import io.adversight.experiments.Sample;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The values of {@link MapBatch} for all images, to be asked. An image without a value, such as the
 * share of a map without positive values, is left out.
 *
 * @param rows one per image
 */
record MapValues(List<JsonNode> rows) {
  MapValues {
    rows = List.copyOf(rows);
  }

  /** One quantity of one map in one state: clean, or under an attack. */
  Sample of(String map, String state, String quantity) {
    return Sample.of(
        rows.stream()
            .map(row -> row.path(map).path(state).path(quantity))
            .filter(JsonNode::isNumber)
            .map(Json::number)
            .toList());
  }

  /** What is added to a quantity between two states, image by image. */
  Sample shift(String map, String from, String to, String quantity) {
    List<Double> shifts = new ArrayList<>();
    for (JsonNode row : rows) {
      JsonNode before = row.path(map).path(from).path(quantity);
      JsonNode after = row.path(map).path(to).path(quantity);
      if (before.isNumber() && after.isNumber()) {
        shifts.add(Json.number(after) - Json.number(before));
      }
    }
    return Sample.of(shifts);
  }

  /** The share of images whose predicted class an attack changed. */
  double changed(String attack) {
    return Sample.of(
            rows.stream().map(row -> Json.number(row.path(MapBatch.CHANGED).path(attack))).toList())
        .mean();
  }
}
