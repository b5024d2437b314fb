package io.adversight.cluster.source;

import io.adversight.data.Labels;
import io.adversight.input.UnknownNameException;
import java.util.List;
import java.util.OptionalInt;

/**
 * The class of an image as its source states it.
 *
 * @param names by any of which it may be found among a network's classes, the best first
 * @param number where a source numbers its classes and has no names; negative otherwise
 */
record ClassHint(List<String> names, int number) {
  /** An image of unknown class. */
  static final ClassHint NONE = new ClassHint(List.of(), -1);

  ClassHint {
    names = List.copyOf(names);
  }

  static ClassHint named(String... names) {
    return new ClassHint(List.of(names), -1);
  }

  static ClassHint numbered(int number) {
    return new ClassHint(List.of(), number);
  }

  /** A name, or a number where the text is one. */
  static ClassHint of(String text) {
    return text.matches("\\d{1,9}") ? numbered(Integer.parseInt(text)) : named(text);
  }

  /** The network's class; empty if it is not known, or the network has none of that name. */
  OptionalInt in(Labels labels) {
    if (number >= 0) {
      return number < labels.size() ? OptionalInt.of(number) : OptionalInt.empty();
    }
    return names.stream()
        .map(name -> named(name, labels))
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  private static OptionalInt named(String name, Labels labels) {
    try {
      return OptionalInt.of(labels.indexOfName(name));
    } catch (UnknownNameException unknown) {
      return OptionalInt.empty();
    }
  }
}
