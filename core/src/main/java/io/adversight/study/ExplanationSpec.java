package io.adversight.study;

import java.util.List;
import java.util.OptionalInt;

/**
 * The explanations of a study, of the original and of each adversarial image.
 *
 * @param methods one map each; may be empty
 * @param explained the class that is explained; empty for the predicted one
 */
public record ExplanationSpec(List<Algorithm> methods, OptionalInt explained) {
  public ExplanationSpec {
    methods = List.copyOf(methods);
  }
}
