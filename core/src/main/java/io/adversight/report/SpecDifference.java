package io.adversight.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** In what two specifications differ. */
public final class SpecDifference {
  private static final int SHOWN = 3;
  private static final int LONGEST = 60;
  private static final String HASH = "Sha256";

  private SpecDifference() {}

  /** The fields that differ: {@code norm is "LINF" there and "L2" here}; at most three. */
  public static String between(JsonNode there, JsonNode here) {
    List<String> differences = new ArrayList<>();
    compare("", there, here, differences);
    String shown = String.join(", ", differences.subList(0, Math.min(SHOWN, differences.size())));
    return differences.size() > SHOWN
        ? "%s and %s more".formatted(shown, differences.size() - SHOWN)
        : shown;
  }

  private static void compare(
      String path, JsonNode there, JsonNode here, List<String> differences) {
    if (there.equals(here)) {
      return;
    }
    if (there.isObject() && here.isObject()) {
      Set<String> fields = new LinkedHashSet<>(there.propertyNames());
      fields.addAll(here.propertyNames());
      for (String field : fields) {
        String inner = path.isEmpty() ? field : path + "." + field;
        compare(inner, there.path(field), here.path(field), differences);
      }
    } else if (path.endsWith(HASH)) {
      differences.add(
          "the content of %s differs"
              .formatted(shortened(path.substring(0, path.length() - HASH.length()))));
    } else {
      differences.add(
          "%s is %s there and %s here".formatted(shortened(path), text(there), text(here)));
    }
  }

  private static String text(JsonNode value) {
    if (value.isMissingNode()) {
      return "not given";
    }
    return shortened(value.toString());
  }

  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
  }
}
