package io.adversight.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adversight.model.Activations;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApgdTest {
  private static double value(Objective objective) {
    return objective
        .values(Activations.ofLogits(AttackNetworks.f8().logits(AttackNetworks.f8Input())))
        .item();
  }

  @Test
  void computesTheDifferenceOfLogitsRatio() { // T19
    try (Scope scope = Scope.open()) {
      assertEquals(-0.5523453137, value(Loss.DLR.of(List.of(3))), 1e-6);
      assertEquals(-1.1213488301, value(new TargetedDlr(List.of(3), List.of(0))), 1e-6);
      assertEquals(0.59503125, value(new Objective.Margin(List.of(3))), 1e-6);
    }
  }

  @Test
  void decidesAtTheCheckpointsOfThePaper() {
    assertEquals(List.of(22, 41, 57, 70, 80, 87, 93, 99), ApgdCheckpoints.of(100));
    assertEquals(List.of(5, 9, 12, 14, 16, 18, 19, 20), ApgdCheckpoints.of(20));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void followsAlgorithmOne(long seed) {
    try (Scope scope = Scope.open()) {
      Problem problem = Problem.of(AttackNetworks.f8(), AttackNetworks.f8Input(), List.of(3));
      Ball ball = new Ball(Norm.LINF, 0.08);
      Objective loss = problem.objective(Loss.CROSS_ENTROPY);
      Run run = Run.of(new Rng(seed), 0, 1);
      Tensor start = problem.clip(ball.random(problem.pixels(), run, 0));
      Standing all = Standing.all(problem, run);
      ApgdClimb climb = new ApgdClimb(all, ball, here -> loss, 0.75, false);
      float[] best = climb.from(start, 30).best().toFloats();
      assertArrayEquals(slowly(problem, loss, start, 30), best, 1e-5f);
    }
  }

  /** Algorithm 1 with arrays, one image, LINF radius 0.08. */
  private static float[] slowly(Problem problem, Objective loss, Tensor start, int steps) {
    List<Integer> checkpoints = ApgdCheckpoints.of(steps);
    float[] x = start.toFloats();
    float[] previous = x.clone();
    float[] best = x.clone();
    double bestLoss = slope(problem, loss, x).loss().item();
    double lastLoss = bestLoss;
    double length = 2 * 0.08;
    double bestAtCheckpoint = bestLoss;
    int rises = 0;
    int lastCheckpoint = 0;
    boolean halvedBefore = false;
    for (int k = 0; k < steps; k++) {
      float[] sign = Norm.LINF.steepest(slope(problem, loss, x).gradient()).toFloats();
      float[] next = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        double z = cut(problem, i, x[i] + length * sign[i]);
        double momentum = k == 0 ? 1 : 0.75;
        next[i] =
            (float)
                cut(
                    problem,
                    i,
                    x[i] + momentum * (z - x[i]) + (1 - momentum) * (x[i] - previous[i]));
      }
      previous = x;
      x = next;
      double now = slope(problem, loss, x).loss().item();
      rises += now > lastLoss ? 1 : 0;
      lastLoss = now;
      if (now > bestLoss) {
        bestLoss = now;
        best = x.clone();
      }
      if (checkpoints.contains(k + 1)) {
        boolean few = rises < 0.75 * (k + 1 - lastCheckpoint);
        boolean stuck = !halvedBefore && bestAtCheckpoint == bestLoss;
        halvedBefore = few || stuck;
        if (halvedBefore) {
          length /= 2;
          x = best.clone();
          lastLoss = bestLoss;
        }
        bestAtCheckpoint = bestLoss;
        rises = 0;
        lastCheckpoint = k + 1;
      }
    }
    return best;
  }

  private static Slope slope(Problem problem, Objective loss, float[] x) {
    return problem.slope(Tensor.of(x, 1, 1, 8, 8), loss, Run.of(1));
  }

  private static double cut(Problem problem, int i, double value) {
    double center = problem.pixels().toFloats()[i];
    return Math.min(Math.max(Math.min(Math.max(value, center - 0.08), center + 0.08), 0), 1);
  }
}
