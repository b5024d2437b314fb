package io.adversight.study;

import io.adversight.catalog.Catalog;
import io.adversight.catalog.Entry;
import io.adversight.catalog.Kind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An entry of the catalogue with some parameters changed.
 *
 * @param id of the entry
 * @param parameters changed ones by name, as text
 */
public record Algorithm(String id, Map<String, String> parameters) {
  public Algorithm {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** The algorithm in the paper's setting. */
  public static Algorithm of(String id) {
    return new Algorithm(id, Map.of());
  }

  /** The entry of the catalogue, among those of the given kinds. */
  public Entry<?> entry(Kind... kinds) {
    return Catalog.find(id, kinds);
  }

  /** The algorithm itself. */
  public <T> T create(Class<T> type, Kind... kinds) {
    return type.cast(entry(kinds).create(parameters));
  }

  @Override
  public String toString() {
    return parameters.isEmpty()
        ? id
        : id
            + parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", ", "(", ")"));
  }
}
