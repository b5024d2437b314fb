package io.adversight.attack.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.SmallNetworks;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Classifier;
import io.adversight.model.Oracle;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Black-box attacks on two classes parted by a hyperplane whose distance is known. */
class BlackBoxBoundaryTest {
  private static final int SIDE = 4;
  private static final float[] W = new Rng(4).normal(SIDE * SIDE);

  private static Classifier network(double distance) {
    double[][] weights = new double[2][SIDE * SIDE];
    double sum = 0;
    double square = 0;
    for (int i = 0; i < W.length; i++) {
      weights[1][i] = W[i];
      sum += 0.5 * W[i];
      square += (double) W[i] * W[i];
    }
    // Class 1 begins at the given L2 distance from the grey image.
    return SmallNetworks.linear(SIDE, SIDE, weights, 0, -sum - distance * Math.sqrt(square));
  }

  private static Problem problem(double distance) {
    return Problem.of(network(distance), Tensor.full(0.5, 1, 1, SIDE, SIDE), List.of(0));
  }

  private static double l1OverL2() {
    double l1 = 0;
    double square = 0;
    for (float w : W) {
      l1 += Math.abs(w);
      square += (double) w * w;
    }
    return l1 / Math.sqrt(square);
  }

  @Test
  void theBoundaryAttackApproachesTheDistance() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem(0.3);
      Tensor changed = new BoundaryAttack(4000, 0.1, 0.1).perturb(problem, Norm.L2, Run.of(1));
      double size = changed.sub(problem.pixels()).l2PerImage().item();
      assertThat(size).isBetween(0.3 - 1e-5, 0.303);
    }
  }

  @Test
  void hopSkipJumpApproachesTheDistanceInL2() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem(0.3);
      Tensor changed = new HopSkipJump(8000, 30, 100, 1000).perturb(problem, Norm.L2, Run.of(1));
      double size = changed.sub(problem.pixels()).l2PerImage().item();
      assertThat(size).isBetween(0.3 - 1e-5, 0.306);
    }
  }

  @Test
  void hopSkipJumpApproachesTheDistanceInLinf() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem(0.3);
      Tensor changed = new HopSkipJump(8000, 30, 100, 1000).perturb(problem, Norm.LINF, Run.of(1));
      double size = changed.sub(problem.pixels()).linfPerImage().item();
      double distance = 0.3 / l1OverL2();
      assertThat(size).isBetween(distance - 1e-5, distance * 1.2);
    }
  }

  @Test
  void estimatesPointAlongTheWeights() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem(0.3);
      Run run = Run.of(1);
      BlackBoxProblem hidden = BlackBoxProblem.of(problem, Oracle.Answer.LOGITS, 100000, run);
      for (AntitheticGradient.Directions directions : AntitheticGradient.Directions.values()) {
        Tensor gradient =
            AntitheticGradient.gradient(
                hidden,
                problem.pixels(),
                BlackBoxProblem.Score.MARGIN,
                directions,
                3000,
                0.01,
                run);
        double[] found = gradient.toDoubles();
        double error = 0;
        double square = 0;
        for (int i = 0; i < W.length; i++) {
          error += Math.pow(found[i] + W[i], 2); // the margin of class 0 is -w x - b
          square += (double) W[i] * W[i];
        }
        // The mean of 3000 such estimates is off by sqrt(16 / 3000) of its length.
        assertThat(Math.sqrt(error / square)).isLessThan(0.15);
      }
    }
  }

  @Test
  void simbaTakesTheStepThatLowersTheLabelsProbability() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem(10); // out of reach: every value is changed once
      Tensor changed =
          new Simba(1000, 0.1, Simba.Basis.PIXEL, 1).perturb(problem, Norm.L2, Run.of(1));
      float[] change = changed.sub(problem.pixels()).toFloats();
      for (int i = 0; i < W.length; i++) {
        assertThat((double) change[i]).isCloseTo(0.1 * Math.signum(W[i]), within(1e-6));
      }
    }
  }

  @Test
  void theCosineBasisIsOrthonormal() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem(10);
      Tensor changed =
          new Simba(1000, 0.01, Simba.Basis.DCT, 1).perturb(problem, Norm.L2, Run.of(1));
      // Sixteen steps of 0.01 along orthonormal directions have the length 0.01 sqrt(16).
      assertThat(changed.sub(problem.pixels()).l2PerImage().item()).isCloseTo(0.04, within(1e-5));
    }
  }

  @Test
  void onePixelTakesTheValueWithTheLargestWeight() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem(10);
      Tensor changed = new OnePixel(5000, 1, 60, 60, 0.5).perturb(problem, Norm.L0, Run.of(1));
      float[] change = changed.sub(problem.pixels()).toFloats();
      int largest = 0;
      for (int i = 0; i < W.length; i++) {
        largest = Math.abs(W[i]) > Math.abs(W[largest]) ? i : largest;
      }
      for (int i = 0; i < W.length; i++) {
        double expected = i == largest ? 0.5 * Math.signum(W[i]) : 0;
        assertThat((double) change[i]).isCloseTo(expected, within(1e-6));
      }
    }
  }
}
