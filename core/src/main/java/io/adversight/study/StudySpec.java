package io.adversight.study;

import io.adversight.attack.problem.Norm;
import io.adversight.describe.Check;
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
}
