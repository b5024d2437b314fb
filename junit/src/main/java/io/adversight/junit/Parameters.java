package io.adversight.junit;

import io.adversight.input.InputException;
import io.adversight.study.Algorithm;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads an algorithm of the catalogue as an annotation names it. */
final class Parameters {
  private Parameters() {}

  /**
   * The algorithm with some parameters changed.
   *
   * @param changes such as {@code steps=10}
   */
  static Algorithm algorithm(String id, String... changes) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String change : changes) {
      int equals = change.indexOf('=');
      if (equals < 1) {
        throw new InputException(
            "%s: a parameter is written like steps=10, but was \"%s\"".formatted(id, change));
      }
      values.put(change.substring(0, equals).strip(), change.substring(equals + 1).strip());
    }
    return new Algorithm(id, values);
  }
}
