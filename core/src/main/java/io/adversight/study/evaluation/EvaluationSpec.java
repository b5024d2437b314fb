package io.adversight.study.evaluation;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.describe.Check;
import io.adversight.input.InputException;
import java.util.List;

/**
 * What an evaluation assumes of the attacker, and what it spends.
 *
 * @param norm of the perturbation: LINF, L2 or L1
 * @param epsilons sizes of the ball, in units of pixels in [0, 1]; checks are made at the first
 * @param budget what is spent
 * @param seed of all randomness
 * @param batch images computed together
 */
public record EvaluationSpec(
    Norm norm, List<Double> epsilons, Budget budget, long seed, int batch) {
  public EvaluationSpec {
    epsilons = epsilons.stream().distinct().toList();
    Check.atLeast(1, batch, "batch");
    check(norm);
    if (epsilons.isEmpty()) {
      throw new InputException("an evaluation needs an epsilon, such as 8/255");
    }
    for (double epsilon : epsilons) {
      Epsilon.check(norm, epsilon);
      Check.positive(epsilon, "epsilon");
    }
  }

  /**
   * Checks that the attacks know a norm.
   *
   * @throws InputException for L0
   */
  public static void check(Norm norm) {
    if (norm == Norm.L0) {
      throw new InputException("an evaluation needs the norm linf, l2 or l1, but got l0");
    }
  }

  /** The size of the ball in which checks are made. */
  public double epsilon() {
    return epsilons.get(0);
  }
}
