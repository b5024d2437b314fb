package io.adversight.lab.controller;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * An algorithm of the catalogue.
 *
 * @param kindTitle the title of its kind
 * @param paper the key in the bibliography
 * @param formula what it computes; empty if there is none
 * @param lookFor a hint on what to look for; empty if there is none
 */
public record CatalogEntry(
    String id,
    String kind,
    String kindTitle,
    String title,
    String paper,
    String formula,
    String lookFor,
    List<CatalogParameter> parameters) {
  /**
   * A parameter of an algorithm.
   *
   * @param type of its values
   * @param range of its values, as text
   * @param choices all values, where they can be listed
   */
  public record CatalogParameter(
      String name,
      String type,
      String doc,
      @JsonProperty("default") String defaultValue,
      String range,
      List<String> choices) {}
}
