package io.adversight.lab.panel;

import io.adversight.catalog.Kind;
import io.adversight.input.InputException;
import io.adversight.study.Algorithm;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An algorithm of the catalogue as a user chooses it.
 *
 * @param id of the entry
 * @param parameters those that differ from the default, by name, as text
 */
public record AlgorithmChoice(String id, @Nullable Map<String, String> parameters) {
  /** A slash that does not divide two numbers, a backslash, or the ending of a network's file. */
  private static final Pattern PATH =
      Pattern.compile("(?i)(?<![0-9. ])/|/(?![0-9. ])|\\\\|\\.(onnx|safetensors)");

  /** The algorithm in the paper's setting. */
  public static AlgorithmChoice of(String id) {
    return new AlgorithmChoice(id, Map.of());
  }

  public AlgorithmChoice {
    if (id == null || id.isBlank()) {
      throw new InputException("an algorithm needs an id");
    }
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    parameters.forEach(AlgorithmChoice::checkNoPath);
  }

  /** A request names networks and never files, which it could make the server read otherwise. */
  private static void checkNoPath(String name, String value) {
    if (PATH.matcher(value).find()) {
      throw new InputException("%s takes no path here; name a known network".formatted(name));
    }
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
