package io.adversight.cli;

import io.adversight.text.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Fooling rates in a line. */
final class FoolingText {
  private static final int CLASSES = 3;

  private FoolingText() {}

  static void print(PrintWriter out, String what, JsonNode rate) {
    JsonNode fooled = rate.path("fooled");
    List<String> classes = new ArrayList<>();
    for (JsonNode one : rate.path("dominant")) {
      if (classes.size() < CLASSES) {
        classes.add(one.path("name").asString() + " " + one.path("images").asInt());
      }
    }
    out.println(
        String.format(
            Locale.ROOT,
            "%-8s %5.1f %% of %d images fooled (95 %%: %.1f to %.1f)%s",
            what,
            100 * Json.number(fooled.path("rate")),
            fooled.path("trials").asLong(),
            100 * Json.number(fooled.path("low")),
            100 * Json.number(fooled.path("high")),
            classes.isEmpty() ? "" : "; now mostly " + String.join(", ", classes)));
  }
}
