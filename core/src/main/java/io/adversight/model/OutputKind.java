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
  /** Unnormalised scores of labels independent of each other (multi-label). */
  SIGMOID_LOGITS,
  /** The sigmoids of such scores are already part of the network. */
  SIGMOID_PROBABILITIES,
  /** One unnormalised score: of two classes, that the second is meant. */
  BINARY_LOGIT,
  /** The sigmoid of such a score is already part of the network. */
  BINARY_PROBABILITY;

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

  /** Whether labels are independent of each other, so that several or none can be right. */
  public boolean isMultiLabel() {
    return this == SIGMOID_LOGITS || this == SIGMOID_PROBABILITIES;
  }

  /** Whether one number decides between two classes. */
  public boolean isBinary() {
    return this == BINARY_LOGIT || this == BINARY_PROBABILITY;
  }

  /** This kind for a network that gives one number: its one label is one of two classes. */
  OutputKind ofOne() {
    return switch (this) {
      case SIGMOID_LOGITS -> BINARY_LOGIT;
      case SIGMOID_PROBABILITIES -> BINARY_PROBABILITY;
      case LOGITS, PROBABILITIES, BINARY_LOGIT, BINARY_PROBABILITY -> this;
    };
  }

  /** The kind in words, for a network with that many classes. */
  public String inWords(int classes) {
    return switch (this) {
      case LOGITS -> "logits of %s classes".formatted(classes);
      case PROBABILITIES -> "probabilities of %s classes (a softmax)".formatted(classes);
      case SIGMOID_LOGITS -> "logits of %s independent labels (multi-label)".formatted(classes);
      case SIGMOID_PROBABILITIES ->
          "probabilities of %s independent labels (multi-label, a sigmoid for each)"
              .formatted(classes);
      case BINARY_LOGIT -> "one logit, so two classes: 0 where it is negative, 1 where positive";
      case BINARY_PROBABILITY ->
          "one probability (a sigmoid), so two classes: 0 below 0.5, 1 above";
    };
  }
}
