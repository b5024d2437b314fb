package io.adversight.model;

import io.adversight.input.InputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the numbers that leave a network are. */
public enum OutputKind {
  /** Unnormalised scores of classes that exclude each other; a softmax makes probabilities. */
  LOGITS,
  /** The softmax is already part of the network. */
  PROBABILITIES,
  /** Unnormalised scores of one class, or of classes independent of each other (multi-label). */
  SIGMOID_LOGITS,
  /** The sigmoids of such scores are already part of the network. */
  SIGMOID_PROBABILITIES;

  /** The name in cards and options. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The kind of that name.
   *
   * @throws InputException if there is none
   */
  public static OutputKind named(String id) {
    return Arrays.stream(values())
        .filter(kind -> kind.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "the kind of outputs must be one of %s, but is \"%s\""
                        .formatted(
                            Arrays.stream(values())
                                .map(OutputKind::id)
                                .collect(Collectors.joining(", ")),
                            id)));
  }

  /** Whether each output has a sigmoid of its own, in place of a softmax over all. */
  public boolean isSigmoid() {
    return this == SIGMOID_LOGITS || this == SIGMOID_PROBABILITIES;
  }
}
