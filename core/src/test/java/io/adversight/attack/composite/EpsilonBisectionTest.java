package io.adversight.attack.composite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adversight.attack.Adversarial;
import io.adversight.attack.AttackNetworks;
import io.adversight.attack.Attacks;
import io.adversight.attack.MinimalAttack;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Distances to a line, which are known: |w x + b| / |w| in the dual norm. */
class EpsilonBisectionTest {
  private static final EpsilonBisection STEPWISE = new EpsilonBisection(new Fgsm(), 1, 12);

  private static Problem problem() {
    Tensor x = Tensor.of(new float[] {.5f, .5f, .6f, .3f, .1f, .2f}, 3, 1, 1, 2);
    return Problem.of(AttackNetworks.line(3, 4, -2.5), x, List.of(1, 1, 0));
  }

  private static List<Adversarial> nearest(MinimalAttack attack, Norm norm) {
    try (Scope scope = Scope.open()) {
      return Attacks.run(attack, problem(), norm, Attacks.Rounding.SKIP, Run.of(3));
    }
  }

  @Test
  void findsTheDistanceToALine() {
    double[] gaps = {1, .5, 1.4};
    List<Adversarial> linf = nearest(STEPWISE, Norm.LINF);
    List<Adversarial> l2 = nearest(STEPWISE, Norm.L2);
    for (int i = 0; i < 3; i++) {
      assertTrue(linf.get(i).success() && l2.get(i).success());
      assertEquals(gaps[i] / 7, linf.get(i).norms().linf(), 1e-4);
      assertEquals(gaps[i] / 5, l2.get(i).norms().l2(), 1e-4);
    }
  }

  @Test
  void leavesImagesThatNeedNoChange() {
    try (Scope scope = Scope.open()) {
      Problem wrong =
          Problem.of(AttackNetworks.line(3, 4, -2.5), problem().pixels(), List.of(0, 0, 1));
      for (Adversarial a :
          Attacks.run(STEPWISE, wrong, Norm.LINF, Attacks.Rounding.SKIP, Run.of(3))) {
        assertEquals(0, a.norms().linf());
        assertTrue(a.success());
      }
    }
  }

  @Test
  void servesInsideABall() {
    try (Scope scope = Scope.open()) {
      List<Adversarial> results =
          Attacks.run(
              new BoundedByMinimal(STEPWISE),
              problem(),
              Norm.LINF,
              List.of(.1),
              Attacks.Rounding.SKIP,
              Run.of(3));
      assertEquals(
          List.of(false, true, false), results.stream().map(Adversarial::success).toList());
      assertEquals(0, results.get(0).norms().linf());
    }
  }
}
