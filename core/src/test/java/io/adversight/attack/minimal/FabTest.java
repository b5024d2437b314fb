package io.adversight.attack.minimal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adversight.attack.Adversarial;
import io.adversight.attack.AttackNetworks;
import io.adversight.attack.Attacks;
import io.adversight.attack.composite.EpsilonBisection;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class FabTest {
  private static List<Adversarial> best(Fab fab, Problem problem, Norm norm) {
    return Attacks.run(fab, problem, norm, Attacks.Rounding.SKIP, Run.of(problem.size()));
  }

  private static double size(Norm norm, Adversarial a) {
    return norm == Norm.LINF ? a.norms().linf() : norm == Norm.L2 ? a.norms().l2() : a.norms().l1();
  }

  @Test
  void findsTheDistanceToALine() {
    double[] gaps = {1, .5, 1.4};
    double[] dual = {7, 5, 4};
    Norm[] norms = {Norm.LINF, Norm.L2, Norm.L1};
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new float[] {.5f, .5f, .6f, .3f, .1f, .2f}, 3, 1, 1, 2);
      Problem problem = Problem.of(AttackNetworks.line(3, 4, -2.5), x, List.of(1, 1, 0));
      for (Fab fab : List.of(new Fab(), new Fab(1))) {
        for (int n = 0; n < 3; n++) {
          List<Adversarial> results = best(fab, problem, norms[n]);
          for (int i = 0; i < 3; i++) {
            assertTrue(results.get(i).success());
            assertEquals(gaps[i] / dual[n], size(norms[n], results.get(i)), 0.002);
          }
        }
      }
    }
  }

  /**
   * The distance to a plane along the pixels that may change: |f| over their part of its normal.
   */
  @Test
  void findsTheNearestImageThatChangesAPartOfTheImage() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new float[] {.5f, .6f}, 1, 1, 1, 2);
      Tensor left = Tensor.of(new float[] {1, 0}, 1, 1, 1, 2);
      Problem problem = Problem.of(AttackNetworks.line(3, 4, -3.4), x, List.of(1)).within(left);
      for (Fab fab : List.of(new Fab(), new Fab(1))) {
        for (Norm norm : List.of(Norm.LINF, Norm.L2, Norm.L1)) {
          Adversarial found = best(fab, problem, norm).get(0);
          assertTrue(found.success(), norm + " " + fab);
          assertEquals(0.5 / 3, size(norm, found), 0.002);
        }
      }
    }
  }

  @Test
  void isNoFartherThanBisectedGradientSteps() {
    try (Scope scope = Scope.open()) {
      Problem problem = Problem.of(AttackNetworks.f8(), AttackNetworks.f8Input(), List.of(3));
      for (Norm norm : List.of(Norm.LINF, Norm.L2, Norm.L1)) {
        EpsilonBisection single = new EpsilonBisection(new Fgsm(), 1, 12);
        double steps =
            size(norm, Attacks.run(single, problem, norm, Attacks.Rounding.SKIP, Run.of(1)).get(0));
        for (Fab fab : List.of(new Fab(), new Fab(3))) {
          double found = size(norm, best(fab, problem, norm).get(0));
          assertTrue(found <= steps * 1.001, norm + " " + found + " > " + steps);
        }
      }
    }
  }
}
