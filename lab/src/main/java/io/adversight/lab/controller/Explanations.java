package io.adversight.lab.controller;

import io.adversight.catalog.CatalogJson;
import io.adversight.catalog.Kind;
import io.adversight.input.Constants;
import io.adversight.lab.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The catalogue with a formula and a hint on what to look for. They are text beside the code: an
 * algorithm without them is shown all the same.
 */
final class Explanations {
  private Explanations() {}

  private static final class Made {
    static final String CATALOG = Json.write(catalog());
  }

  /** The catalogue as JSON. */
  static String text() {
    return Made.CATALOG;
  }

  /** For each id, its formula and its hint. */
  static JsonNode all() {
    try (InputStream in =
        Explanations.class.getResourceAsStream("/io/adversight/lab/explanations.json")) {
      return Json.tree(in == null ? "{}" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the explanations cannot be read", e);
    }
  }

  private static Kind kind(JsonNode entry) {
    return Constants.named(Kind.class, "the kind", entry.path("kind").asString().replace('-', '_'));
  }

  private static List<CatalogEntry> catalog() {
    JsonNode explanations = all();
    List<CatalogEntry> entries = new ArrayList<>();
    for (JsonNode entry : CatalogJson.tree()) {
      JsonNode words = explanations.path(entry.path("id").asString());
      ((ObjectNode) entry)
          .put("kindTitle", kind(entry).title())
          .put("formula", words.path(0).asString(""))
          .put("lookFor", words.path(1).asString(""));
      entries.add(Json.read(entry, CatalogEntry.class));
    }
    return entries;
  }
}
