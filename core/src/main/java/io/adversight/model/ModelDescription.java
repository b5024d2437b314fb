package io.adversight.model;

import io.adversight.input.InputException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What people may want to know of a network.
 *
 * @param title what they call it; empty for the model's name
 * @param measured accuracies in [0, 1] by what they were measured on
 * @param source where the weights come from, or empty
 * @param licence the weights' licence, or empty
 * @param note anything else worth knowing, or empty
 * @param extraData training data beyond the usual set of the task, such as "none" or "80 million
 *     tiny images"; empty if that is not known
 */
public record ModelDescription(
    String title,
    Map<String, Double> measured,
    String source,
    String licence,
    String note,
    String extraData) {
  /** Nothing. */
  public static final ModelDescription NONE = new ModelDescription("", Map.of(), "", "", "", "");

  public ModelDescription {
    measured = Collections.unmodifiableMap(new LinkedHashMap<>(measured));
    measured.forEach(
        (what, value) -> {
          if (!Double.isFinite(value)) {
            throw new InputException(
                "measured \"%s\" must be a finite number, but is %s".formatted(what, value));
          }
        });
  }

  /** The same with a title, where it has none. */
  ModelDescription titled(String name) {
    return title.isEmpty()
        ? new ModelDescription(name, measured, source, licence, note, extraData)
        : this;
  }
}
