package io.adversight.report.format;

import io.adversight.report.Provenance;
import io.adversight.text.Json;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * How a result was made, as a page says it last.
 *
 * @param provenance the command and the versions
 * @param seconds that it took
 * @param model the network; empty if there are several
 * @param modelSha256 of its file; empty if there are several
 */
public record Origin(Provenance provenance, double seconds, String model, String modelSha256) {
  /** The origin of a {@code result.json} or {@code manifest.json}. */
  static Origin of(JsonNode result, String model, String modelSha256) {
    JsonNode node = result.path("provenance");
    Provenance provenance =
        new Provenance(
            Json.text(node, "version"),
            Json.text(node, "commit"),
            Json.text(node, "engine"),
            Json.text(node, "java"),
            Json.text(node, "device"),
            node.path("threads").asInt(),
            node.path("defense").asString(""),
            node.path("command").valueStream().map(word -> word.asString()).toList());
    return new Origin(provenance, Json.number(node.path("seconds")), model, modelSha256);
  }

  /** The command as a shell takes it. */
  String command() {
    return provenance.command().stream().map(Origin::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
