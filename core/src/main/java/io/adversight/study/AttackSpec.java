package io.adversight.study;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The attacks of a study, each made on the original image.
 *
 * @param attacks one after the other; may be empty
 * @param norm of bounded and minimum-norm attacks
 * @param epsilons radii of the ball of bounded attacks, in units of pixels in [0, 1]
 * @param target the class of a targeted attack; empty for any wrong class
 * @param options what is done beside the attack itself
 */
public record AttackSpec(
    List<Algorithm> attacks,
    Norm norm,
    List<Double> epsilons,
    OptionalInt target,
    Set<Option> options) {
  /** How attacks are made and judged. */
  public enum Option {
    /** Adversarial images are also classified after 8-bit quantization. */
    ROUNDING,
    /** Adversarial images are sought among those that a PNG can hold. */
    QUANTIZE,
    /**
     * Bounded attacks look for the smallest epsilon that succeeds instead of using the given ones.
     */
    SMALLEST,
    /** Iterative attacks stop for an image once it is adversarial. */
    EARLY_STOP
  }

  /**
   * @throws io.adversight.input.InputException if an epsilon is no distance of images in [0, 1]
   */
  public AttackSpec {
    attacks = List.copyOf(attacks);
    epsilons = List.copyOf(epsilons);
    options = Set.copyOf(options);
    for (double epsilon : epsilons) {
      Epsilon.check(norm, epsilon);
    }
  }
}
