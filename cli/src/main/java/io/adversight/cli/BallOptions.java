package io.adversight.cli;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.catalog.Kind;
import io.adversight.catalog.Numbers;
import io.adversight.input.InputException;
import io.adversight.model.Input;
import io.adversight.study.Algorithm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How large a change may be. */
final class BallOptions {
  @Option(
      names = "--epsilon",
      paramLabel = "E[,E]",
      description =
          "largest perturbation norm, pixels in [0, 1], such as 4/255 (default: 8/255 in LINF; 0.5"
              + " in L2 and 12 in L1, and 3 and 255 for images of more than 64 pixels a side)")
  @Nullable String epsilon;

  @Option(
      names = "--norm",
      paramLabel = "LINF|L2|L1",
      description = "norm of the perturbation (default: LINF)")
  Norm norm = Norm.LINF;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command = CommandSpec.create();

  private final List<Double> parts;

  BallOptions() {
    this(1);
  }

  /** With these multiples of the usual size where none is asked for. */
  BallOptions(double... parts) {
    this.parts = Arrays.stream(parts).boxed().toList();
  }

  /**
   * Checks what was typed, before anything is opened.
   *
   * @throws IllegalArgumentException for what is not a number, or larger than a change can be
   */
  void check() {
    if (epsilon != null) {
      parse(epsilon, norm);
    }
  }

  /**
   * Checks what was typed, and that every attack knows the norm, before anything is opened.
   *
   * @throws IllegalArgumentException naming the attack that does not
   */
  void check(List<Algorithm> attacks) {
    check();
    attacks.forEach(attack -> attack.attack(norm));
  }

  /**
   * The sizes asked for, or the usual ones; those far from usual get a note.
   *
   * @throws IllegalArgumentException for what is not a number, or larger than a change can be
   */
  List<Double> epsilons(Input input) {
    int side = Math.max(input.height(), input.width());
    if (epsilon == null) {
      return parts.stream().map(part -> part * Epsilon.usual(norm, side)).toList();
    }
    List<Double> sizes = parse(epsilon, norm);
    for (double size : sizes) {
      Epsilon.note(norm, size, side)
          .ifPresent(note -> command.commandLine().getErr().println("note: " + note));
    }
    return sizes;
  }

  /** Sizes as people write them, such as {@code 4/255,8/255}. */
  static List<Double> parse(String text, Norm norm) {
    if (text.isBlank()) {
      return List.of();
    }
    List<Double> values = new ArrayList<>();
    List<String> written = List.of(text.split(",", -1));
    for (String part : written) {
      try {
        values.add(Numbers.read(part.strip()));
      } catch (NumberFormatException e) {
        throw new InputException(
            "epsilon must be a number such as 8/255 or 0.03, but was \"%s\"%s"
                .formatted(part.strip(), decimalComma(text)),
            e);
      }
    }
    if (values.get(0) == 0 && !decimalComma(text).isEmpty() && values.get(1) > 1) {
      throw new InputException(
          "epsilon \"%s\" is read as %s%s"
              .formatted(text.strip(), String.join(" and ", written), decimalComma(text)));
    }
    values.forEach(value -> Epsilon.check(norm, value));
    return values;
  }

  /** What to write instead of {@code 0,03}; empty for what has no decimal comma. */
  private static String decimalComma(String text) {
    return text.strip().matches("[0-9]+,[0-9]+")
        ? "; a comma separates several sizes, so write the point: " + text.strip().replace(',', '.')
        : "";
  }

  /**
   * The only size.
   *
   * @throws IllegalArgumentException if there are several
   */
  double onlyEpsilon(Input input) {
    List<Double> values = epsilons(input);
    if (values.size() != 1) {
      throw new InputException(
          "--epsilon takes one value here, but got %s".formatted(values.size()));
    }
    return values.get(0);
  }

  /**
   * The only size for a bounded attack, none for others.
   *
   * @throws IllegalArgumentException if there are several
   */
  List<Double> epsilonsFor(Algorithm attack, Input input) {
    boolean bounded = attack.entry(AlgorithmOptions.ATTACKS).kind() == Kind.BOUNDED_ATTACK;
    return bounded ? List.of(onlyEpsilon(input)) : List.of();
  }
}
