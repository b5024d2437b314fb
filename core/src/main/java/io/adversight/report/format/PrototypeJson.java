package io.adversight.report.format;

import io.adversight.attribution.inherent.PrototypeMatch;
import io.adversight.data.Labels;
import io.adversight.model.Prototypes.Prototype;
import io.adversight.text.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Prototypes that were found in an image as JSON. */
public final class PrototypeJson {
  private PrototypeJson() {}

  /** The matches in their order, each with its place in the image and its training patch. */
  public static ArrayNode of(List<PrototypeMatch> matches, Labels labels) {
    ArrayNode array = Json.MAPPER.createArrayNode();
    matches.forEach(match -> array.add(of(match, labels)));
    return array;
  }

  private static ObjectNode of(PrototypeMatch match, Labels labels) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("prototype", match.number());
    node.put("similarity", match.similarity());
    node.put("contribution", match.contribution());
    node.put("row", match.row());
    node.put("column", match.column());
    node.put("rows", match.map().height());
    node.put("columns", match.map().width());
    match.source().ifPresent(source -> node.set("source", of(source, labels)));
    return node;
  }

  private static ObjectNode of(Prototype source, Labels labels) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("class", labels.name(source.owner()));
    node.put("dataSet", source.dataSet());
    node.put("image", source.image());
    node.put("name", source.name());
    node.put("row", source.row());
    node.put("column", source.column());
    return node;
  }
}
