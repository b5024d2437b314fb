package io.adversight.study.robustness;

import io.adversight.attack.Epsilon;
import io.adversight.attack.Outcome;
import io.adversight.attack.problem.Norm;
import io.adversight.describe.Check;
import io.adversight.input.InputException;
import io.adversight.study.Algorithm;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the robustness of a network is measured.
 *
 * @param attacks each made on every image that is classified right
 * @param norm of bounded and minimal attacks
 * @param epsilons sizes of the ball, in units of pixels in [0, 1], ascending
 * @param seed of all randomness
 * @param batch images computed together; fewer where memory does not suffice
 * @param options what else is done
 */
public record RobustnessSpec(
    List<Algorithm> attacks,
    Norm norm,
    List<Double> epsilons,
    long seed,
    int batch,
    Set<Option> options) {
  /** What can be chosen. */
  public enum Option {
    /** Adversarial images are also classified after 8-bit quantization. */
    ROUNDING,
    /** An image leaves an iterative attack as soon as it is misclassified. */
    EARLY_STOP
  }

  public RobustnessSpec {
    attacks = List.copyOf(attacks);
    options = Set.copyOf(options);
    epsilons = epsilons.stream().distinct().sorted().toList();
    Check.atLeast(1, batch, "batch");
    for (double epsilon : epsilons) {
      Epsilon.check(norm, epsilon);
    }
    if (attacks.isEmpty()) {
      throw new InputException("name at least one attack, such as pgd");
    }
    if (new HashSet<>(attacks).size() < attacks.size()) {
      throw new InputException("every attack may be named once only");
    }
  }

  /** Whether an option is chosen. */
  public boolean has(Option option) {
    return options.contains(option);
  }

  /** Whether an outcome belongs to this measurement of the first {@code images} images. */
  public boolean covers(Outcome outcome, int images) {
    return outcome.image() < images
        && (Double.isNaN(outcome.epsilon()) || epsilons.contains(outcome.epsilon()));
  }
}
