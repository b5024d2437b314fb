package io.adversight.text;

import io.adversight.input.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * JSON as this project reads and writes it: nested at most 100 deep, numbers of at most 400
 * characters, and numbers that are not finite as the texts "NaN", "Infinity" and "-Infinity".
 */
public final class Json {
  /** Reads and writes JSON within the limits. */
  public static final JsonMapper MAPPER = builder().build();

  private static final int REASON = 300;

  private Json() {}

  /** The beginning of a mapper of one's own within the limits. */
  public static JsonMapper.Builder builder() {
    return JsonMapper.builder(
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(100).maxNumberLength(400).build())
            .build());
  }

  /** A number as JSON; one that is not finite is a text. */
  public static JsonNode of(double value) {
    return Double.isFinite(value)
        ? JsonNodeFactory.instance.numberNode(value)
        : JsonNodeFactory.instance.stringNode(Double.toString(value));
  }

  /**
   * A number as {@link #of} writes it; NaN where there is none.
   *
   * @throws IllegalArgumentException if there is something else than a number
   */
  public static double number(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Double.NaN;
    }
    if (node.isNumber()) {
      return node.numberValue().doubleValue(); // infinite where it is too large for a double
    }
    return switch (node.asString("")) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new InputException("not a number: " + shown(node));
    };
  }

  /** A field's text; empty where there is none. */
  public static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  /** Some JSON for a message: at most 60 characters. */
  public static String shown(JsonNode node) {
    String text = node.isNull() ? "nothing" : node.toString();
    return text.length() > 60 ? text.substring(0, 57) + "..." : text;
  }

  /** What is wrong with a text that is not JSON, or beyond the limits, in one line. */
  public static String reason(JacksonException problem) {
    TokenStreamLocation at = problem.getLocation();
    String what = problem.getOriginalMessage().lines().findFirst().orElse("");
    String all =
        what.replaceAll("\\s*\\((?:through|from) [^)]*+\\)|(?:, from )?`[^`]*+`", "").strip();
    String plain = all.length() > REASON ? all.substring(0, REASON) + "..." : all;
    return at == null || at.getLineNr() < 1
        ? "not JSON: " + plain
        : "not JSON at line %s, column %s: %s".formatted(at.getLineNr(), at.getColumnNr(), plain);
  }
}
