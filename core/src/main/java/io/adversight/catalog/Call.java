package io.adversight.catalog;

import io.adversight.input.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An algorithm with parameters as people write it: {@code name} or {@code name(key=value, ...)},
 * where values may be calls again.
 *
 * @param id what stands before the parenthesis
 * @param parameters by name; a value without a name, as in {@code window=4,4}, belongs to the one
 *     before it
 */
record Call(String id, Map<String, String> parameters) {

  /**
   * Reads a call.
   *
   * @throws IllegalArgumentException for parentheses without partner, or a value without a name
   */
  static Call parse(String text) {
    String plain = text.strip();
    int open = plain.indexOf('(');
    if (open < 0) {
      return new Call(plain, Map.of());
    }
    String id = plain.substring(0, open).strip();
    if (!plain.endsWith(")")) {
      throw wrong(id, text);
    }
    String inside = plain.substring(open + 1, plain.length() - 1);
    if (inside.isBlank()) {
      return new Call(id, Map.of());
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    String last = "";
    for (String part : split(inside)) {
      int equals = part.indexOf('=');
      int inner = part.indexOf('(');
      boolean named = equals > 0 && (inner < 0 || equals < inner);
      if (named) {
        last = part.substring(0, equals).strip();
        parameters.put(last, part.substring(equals + 1).strip());
      } else if (last.isEmpty()) {
        throw wrong(id, text);
      } else {
        parameters.merge(last, part.strip(), (before, more) -> before + "," + more);
      }
    }
    return new Call(id, parameters);
  }

  /**
   * The parts of a list, split at the commas outside parentheses.
   *
   * @throws IllegalArgumentException for parentheses without partner
   */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth < 0) {
        break;
      }
      if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    if (depth != 0) {
      throw new InputException("a parenthesis has no partner in \"%s\"".formatted(text));
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static InputException wrong(String id, String text) {
    return new InputException(
        "parameters are written as %s(name=value, name=value), but \"%s\" was given"
            .formatted(id, text));
  }
}
