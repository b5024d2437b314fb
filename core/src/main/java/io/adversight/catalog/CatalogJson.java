package io.adversight.catalog;

import io.adversight.text.Json;
import io.adversight.text.KebabCase;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The catalogue as JSON, for forms and programs. */
public final class CatalogJson {
  private static final JsonMapper MAPPER = Json.MAPPER;

  private CatalogJson() {}

  /** The catalogue as text, indented. */
  public static String text() {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree());
  }

  /** The catalogue as a tree: a list of entries with their parameters. */
  public static ArrayNode tree() {
    ArrayNode entries = MAPPER.createArrayNode();
    for (Entry<?> entry : Catalog.entries()) {
      ObjectNode node = entries.addObject();
      node.put("id", entry.id());
      node.put("kind", KebabCase.of(camel(entry.kind().name())));
      node.put("title", entry.title());
      node.put("paper", entry.paper());
      ArrayNode parameters = node.putArray("parameters");
      for (Parameter parameter : entry.parameters()) {
        ObjectNode child = parameters.addObject();
        child.put("name", parameter.name());
        child.put("type", parameter.typeName());
        child.put("doc", parameter.doc());
        child.put("default", parameter.defaultText());
        child.put("range", entry.range(parameter));
        ArrayNode choices = child.putArray("choices");
        parameter.choices().forEach(choices::add);
      }
    }
    return entries;
  }

  private static String camel(String constant) {
    return constant.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
