package io.adversight.report.format;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.text.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What was asked for, as names and values that people read. */
public final class Facts {
  /** What stands elsewhere on a page, or does not matter to a reader. */
  private static final Set<String> LEFT_OUT =
      Set.of("model", "batch", "height", "width", "what", "classes", "provenance");

  private Facts() {}

  /** The fields of a specification, but for the network, which the page names elsewhere. */
  public static Map<String, String> of(JsonNode spec) {
    Map<String, String> facts = new LinkedHashMap<>();
    Norm norm = Norm.valueOf(spec.path("norm").asString(Norm.LINF.name()));
    spec.forEachEntry(
        (name, value) -> {
          String words = name.startsWith("epsilon") ? epsilons(norm, value) : words(value);
          if (!LEFT_OUT.contains(name) && !name.endsWith("Sha256") && !words.isEmpty()) {
            facts.put(name(name), words);
          }
        });
    return facts;
  }

  /** {@code falsePositiveRate} as "false positive rate". */
  public static String name(String field) {
    return field.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private static String epsilons(Norm norm, JsonNode value) {
    return value.isArray()
        ? value.valueStream().map(e -> epsilons(norm, e)).collect(Collectors.joining(", "))
        : value.isNumber() ? Epsilon.text(norm, Json.number(value)) : words(value);
  }

  /** A value in words: numbers with four digits, algorithms by their titles. */
  public static String words(JsonNode value) {
    if (value.isFloatingPointNumber()) {
      return NumberText.of(Json.number(value));
    }
    if (value.isBoolean()) {
      return value.asBoolean() ? "yes" : "no";
    }
    if (value.isArray()) {
      return value.valueStream().map(Facts::words).collect(Collectors.joining(", "));
    }
    if (value.has("id")) {
      return Titles.of(value);
    }
    if (value.isObject()) {
      return value
          .propertyStream()
          .map(field -> name(field.getKey()) + " " + words(field.getValue()))
          .collect(Collectors.joining(", "));
    }
    return value.asString("");
  }
}
