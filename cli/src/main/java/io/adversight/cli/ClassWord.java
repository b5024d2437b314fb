package io.adversight.cli;

import io.adversight.data.ClassChoice;
import io.adversight.data.Labels;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import java.io.PrintWriter;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Classes on the command line. */
final class ClassWord {
  private ClassWord() {}

  /**
   * The class that one of three options names.
   *
   * @param option the first of the options; the others end in {@code -index} and {@code -name}
   * @throws IllegalArgumentException if several are given
   */
  static Optional<ClassChoice> choice(
      String option, @Nullable String either, @Nullable String index, @Nullable String name) {
    if (Stream.of(either, index, name).filter(Objects::nonNull).count() > 1) {
      throw new InputException(
          "give only one of %s, %s-index and %s-name".formatted(option, option, option));
    }
    return Optional.ofNullable(either)
        .map(ClassChoice::either)
        .or(() -> Optional.ofNullable(index).map(i -> new ClassChoice(i, ClassChoice.By.INDEX)))
        .or(() -> Optional.ofNullable(name).map(n -> new ClassChoice(n, ClassChoice.By.NAME)));
  }

  /**
   * The index of a class, empty for none; prints a line if another class may have been meant.
   *
   * @throws NoSuchElementException if there is no such class, or there are two
   */
  static OptionalInt index(Optional<ClassChoice> choice, Labels labels, PrintWriter err) {
    if (choice.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      int index = labels.index(choice.get());
      labels
          .doubt(choice.get())
          .map(doubt -> "note: " + doubt + "; options that end in -index or -name settle it")
          .ifPresent(err::println);
      return OptionalInt.of(index);
    } catch (IllegalArgumentException e) {
      throw new UnknownNameException(e.getMessage(), e);
    }
  }
}
