package io.adversight.experiments;

import io.adversight.input.InputException;
import io.adversight.text.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file {@code study.json} of an experiment: what it does, with which settings, and what is
 * claimed.
 *
 * @param study which of the five studies, such as {@code 1 AdVis}
 * @param title of the table or figure
 * @param place where it stands in the study
 * @param minutes of two cores that all of it takes
 * @param quickMinutes of two cores that the subset takes
 * @param needs networks and images beyond those inside the program, each with where to get it
 * @param differences from the study's protocol, a sentence each
 * @param settings of a full run; {@code model} names the network that {@code --model} replaces,
 *     {@code images} and {@code count} the images
 * @param quick those settings that a quick run changes
 * @param claims what is judged
 */
public record Plan(
    String study,
    String title,
    String place,
    double minutes,
    double quickMinutes,
    Map<String, String> needs,
    List<String> differences,
    ObjectNode settings,
    ObjectNode quick,
    List<Claim> claims) {
  private static final JsonMapper MAPPER =
      Json.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /** Copies the collections. */
  public Plan {
    needs = Map.copyOf(needs);
    differences = List.copyOf(differences);
    claims = List.copyOf(claims);
  }

  /**
   * Reads {@code study.json}.
   *
   * @param from where the text comes from, for error messages
   */
  static Plan parse(String json, String from) {
    try {
      return MAPPER.readValue(json, Plan.class);
    } catch (JacksonException e) {
      throw new InputException("%s: not an experiment: %s".formatted(from, Json.reason(e)), e);
    }
  }

  /** The settings of a full or of a quick run. */
  JsonNode settings(boolean quickly) {
    ObjectNode all = settings.deepCopy();
    if (quickly) {
      all.setAll(quick);
    }
    return all;
  }

  /** Whether the same protocol can be run on another network. */
  public boolean takesModel() {
    return settings.has("model");
  }
}
