package io.adversight.cli;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.catalog.Numbers;
import io.adversight.input.InputException;
import io.adversight.study.evaluation.Check;
import io.adversight.study.evaluation.NetworkEvaluation;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a network must reach for a build to go on, such as {@code robust-accuracy>=0.4@8/255}.
 *
 * @param measure what is compared
 * @param atLeast whether it must not be smaller than the bound; else it must not be larger
 * @param bound that it is compared with
 * @param epsilon of a robust accuracy, where one is given
 */
record Gate(Measure measure, boolean atLeast, double bound, OptionalDouble epsilon) {
  private static final Pattern TEXT =
      Pattern.compile("([a-z-]+)\\s*(>=|<=)\\s*([^@\\s]+)\\s*(?:@\\s*(\\S+))?");
  private static final String FORM =
      "a gate is robust-accuracy>=0.4@8/255, clean-accuracy>=0.9, median-norm>=0.05 or"
          + " warnings<=0, but was \"%s\"";

  /** What can be compared. */
  enum Measure {
    ROBUST_ACCURACY,
    CLEAN_ACCURACY,
    MEDIAN_NORM,
    WARNINGS;

    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Reads a gate.
   *
   * @throws InputException if it is none
   */
  static Gate parse(String text, Norm norm) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new InputException(FORM.formatted(text));
    }
    Measure measure = measure(matcher.group(1), text);
    OptionalDouble epsilon = OptionalDouble.empty();
    if (matcher.group(4) != null) {
      if (measure != Measure.ROBUST_ACCURACY) {
        throw new InputException(
            "only robust-accuracy has an epsilon after @, but the gate was \"%s\"".formatted(text));
      }
      epsilon = OptionalDouble.of(BallOptions.parse(matcher.group(4), norm).get(0));
    }
    try {
      return new Gate(
          measure, matcher.group(2).equals(">="), Numbers.read(matcher.group(3)), epsilon);
    } catch (NumberFormatException e) {
      throw new InputException(FORM.formatted(text), e);
    }
  }

  private static Measure measure(String word, String text) {
    for (Measure measure : Measure.values()) {
      if (measure.words().equals(word)) {
        return measure;
      }
    }
    throw new InputException(FORM.formatted(text));
  }

  /** The number of a network that is compared; {@code usual} is the epsilon where none is given. */
  double of(NetworkEvaluation network, double usual) {
    return switch (measure) {
      case ROBUST_ACCURACY -> network.worst().robust(epsilon.orElse(usual)).value();
      case CLEAN_ACCURACY -> network.worst().clean().value();
      case MEDIAN_NORM -> network.worst().median();
      case WARNINGS -> network.count(Check.Verdict.WARN);
    };
  }

  /** Whether a network reaches it. */
  boolean holds(NetworkEvaluation network, double usual) {
    double value = of(network, usual);
    return atLeast ? value >= bound : value <= bound;
  }

  /** The gate as people write it. */
  String text(Norm norm) {
    return measure.words()
        + (atLeast ? ">=" : "<=")
        + number(bound)
        + (epsilon.isPresent() ? "@" + Epsilon.text(norm, epsilon.getAsDouble()) : "");
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e6
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
