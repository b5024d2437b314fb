package io.adversight.experiments;

import io.adversight.input.InputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A comparison of a measured number with a constant or with another measured number, written {@code
 * "cam area at 16 > cam area at 1"}.
 *
 * @param left the name of a measured number
 * @param comparison one of {@code < <= > >=}
 * @param right a constant, or the name of a measured number
 */
record Check(String left, String comparison, String right) {
  private static final Pattern FORM = Pattern.compile("(.+?) (<=|>=|<|>) (.+)");
  private static final Pattern CONSTANT = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

  /**
   * Reads a comparison.
   *
   * @throws InputException if the text is none
   */
  static Check parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new InputException(
          "a check is written NUMBER < NUMBER (or <=, >, >=), but was \"%s\"".formatted(text));
    }
    return new Check(matcher.group(1), matcher.group(2), matcher.group(3));
  }

  /** The names of the measured numbers that it compares. */
  List<String> numbers() {
    return Stream.of(left, right).filter(name -> !isConstant(name)).toList();
  }

  /** Whether the measured numbers meet it; empty if one of them is missing. */
  Optional<Boolean> test(Map<String, Double> numbers) {
    Optional<Double> a = value(left, numbers);
    Optional<Double> b = value(right, numbers);
    if (a.isEmpty() || b.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (comparison) {
          case "<" -> a.get() < b.get();
          case "<=" -> a.get() <= b.get();
          case ">" -> a.get() > b.get();
          default -> a.get() >= b.get();
        });
  }

  /** This with the measured value behind each name. */
  String shown(Measured measured) {
    return "%s %s %s".formatted(named(left, measured), comparison, named(right, measured));
  }

  private static String named(String name, Measured measured) {
    return isConstant(name) ? name : "%s (%s)".formatted(name, measured.shown(name));
  }

  private static Optional<Double> value(String name, Map<String, Double> numbers) {
    return isConstant(name)
        ? Optional.of(Double.parseDouble(name))
        : Optional.ofNullable(numbers.get(name));
  }

  private static boolean isConstant(String text) {
    return CONSTANT.matcher(text).matches();
  }

  @Override
  public String toString() {
    return "%s %s %s".formatted(left, comparison, right);
  }
}
