package io.adversight.lab.panel;

import io.adversight.catalog.Kind;
import io.adversight.input.InputException;
import io.adversight.study.Algorithm;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An algorithm of the catalogue as a user chooses it.
 *
 * @param id of the entry
 * @param parameters those that differ from the default, by name, as text
 */
public record AlgorithmChoice(String id, @Nullable Map<String, String> parameters) {
  /** The algorithm in the paper's setting. */
  public static AlgorithmChoice of(String id) {
    return new AlgorithmChoice(id, Map.of());
  }

  public AlgorithmChoice {
    if (id == null || id.isBlank()) {
      throw new InputException("an algorithm needs an id");
    }
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
  }

  /** The same for studies. */
  public Algorithm algorithm() {
    return new Algorithm(id, parameters == null ? Map.of() : parameters);
  }

  /** The algorithm itself. */
  public <T> T create(Class<T> type, Kind... kinds) {
    return algorithm().create(type, kinds);
  }
}
