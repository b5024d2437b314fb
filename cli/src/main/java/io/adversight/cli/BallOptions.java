package io.adversight.cli;

import io.adversight.attack.Norm;
import io.adversight.catalog.Kind;
import io.adversight.catalog.Numbers;
import io.adversight.input.InputException;
import io.adversight.study.Algorithm;
import io.adversight.study.StudySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** How large a change may be. */
final class BallOptions {
  @Option(
      names = "--epsilon",
      paramLabel = "E[,E]",
      description =
          "size of the change in pixels of [0, 1], such as 4/255 (default: ${DEFAULT-VALUE})")
  String epsilon;

  @Option(
      names = "--norm",
      paramLabel = "LINF|L2|L1",
      description = "how the change is measured (default: LINF)")
  Norm norm = Norm.LINF;

  BallOptions() {
    this("8/255");
  }

  /** With other sizes where none are asked for. */
  BallOptions(String defaults) {
    this.epsilon = defaults;
  }

  /**
   * The sizes asked for.
   *
   * @throws IllegalArgumentException for what is not a number, or larger than a change can be
   */
  List<Double> epsilons() {
    return parse(epsilon, norm);
  }

  /** Sizes as people write them, such as {@code 4/255,8/255}. */
  static List<Double> parse(String text, Norm norm) {
    if (text.isBlank()) {
      return List.of();
    }
    List<Double> values = new ArrayList<>();
    for (String part : Arrays.asList(text.split(","))) {
      try {
        values.add(Numbers.read(part.strip()));
      } catch (NumberFormatException e) {
        throw new InputException(
            "epsilon must be a number in [0, 1], such as 8/255, but was \"%s\"".formatted(part), e);
      }
    }
    values.forEach(value -> StudySpec.checkEpsilon(norm, value));
    return values;
  }

  /**
   * The only size.
   *
   * @throws IllegalArgumentException if there are several
   */
  double onlyEpsilon() {
    List<Double> values = epsilons();
    if (values.size() != 1) {
      throw new InputException(
          "--epsilon takes one value here, but got %d".formatted(values.size()));
    }
    return values.get(0);
  }

  /**
   * The only size for a bounded attack, none for others.
   *
   * @throws IllegalArgumentException if there are several
   */
  List<Double> epsilonsFor(Algorithm attack) {
    boolean bounded = attack.entry(AlgorithmOptions.ATTACKS).kind() == Kind.BOUNDED_ATTACK;
    return bounded ? List.of(onlyEpsilon()) : List.of();
  }
}
