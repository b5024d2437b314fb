package io.adversight.study;

import io.adversight.attack.problem.Norm;
import io.adversight.describe.Check;
import io.adversight.input.InputException;
import io.adversight.study.AttackSpec.Option;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is done with every image.
 *
 * @param attacking the attacks
 * @param explaining the explanations
 * @param seed of all randomness
 * @param batch images computed together
 */
public record StudySpec(AttackSpec attacking, ExplanationSpec explaining, long seed, int batch) {
  public StudySpec {
    Check.atLeast(1, batch, "batch");
  }

  /** See {@link AttackSpec#attacks}. */
  public List<Algorithm> attacks() {
    return attacking.attacks();
  }

  /** See {@link AttackSpec#norm}. */
  public Norm norm() {
    return attacking.norm();
  }

  /** See {@link AttackSpec#epsilons}. */
  public List<Double> epsilons() {
    return attacking.epsilons();
  }

  /** See {@link AttackSpec#target}. */
  public OptionalInt target() {
    return attacking.target();
  }

  /** See {@link ExplanationSpec#methods}. */
  public List<Algorithm> methods() {
    return explaining.methods();
  }

  /** See {@link ExplanationSpec#explained}. */
  public OptionalInt explained() {
    return explaining.explained();
  }

  /** Whether an option of the attacks is chosen. */
  public boolean has(Option option) {
    return attacking.options().contains(option);
  }

  /** Pixels are in [0, 1]: an epsilon outside is a misunderstanding that deserves a hint. */
  public static void checkEpsilon(Norm norm, double epsilon) {
    if (!(epsilon >= 0) || (norm == Norm.LINF && epsilon > 1)) {
      String hint =
          epsilon > 1 && epsilon <= 255 && epsilon == Math.rint(epsilon)
              ? "; did you mean %s/255?".formatted((int) epsilon)
              : "; give a number such as 8/255";
      throw new InputException(
          "pixels are in [0, 1], so epsilon must be too, but was %s%s"
              .formatted(
                  epsilon == Math.rint(epsilon) ? Long.toString((long) epsilon) : epsilon, hint));
    }
  }
}
