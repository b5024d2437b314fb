package io.adversight.attack.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adversight.attack.AttackNetworks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IterativeAttacksTest {
  private static final Ball BALL = new Ball(Norm.LINF, 0.08);
  private static final Loss LOSS = Loss.CROSS_ENTROPY;

  private static Problem problem() {
    return Problem.of(AttackNetworks.f8(), AttackNetworks.f8Input(), List.of(3));
  }

  private static float[] perturbed(BoundedAttack attack) {
    try (Scope scope = Scope.open()) {
      return attack.perturb(problem(), BALL, Run.of(1)).toFloats();
    }
  }

  /** Attacks that are BIM once their own idea is switched off. */
  static Stream<BoundedAttack> disguises() {
    return Stream.of(
        new MiFgsm(6, 0.25, 0, Accumulation.L1, LOSS),
        new NiFgsm(6, 0.25, 0, Accumulation.MEAN, LOSS),
        new DiFgsm(6, 0.25, 0, 0.9, 0, LOSS),
        new TiFgsm(6, 0.25, 1, SmoothingKernel.GAUSSIAN, 0, LOSS),
        new EotPgd(6, 0.25, 1, 0, 0, 0, 0, 0, 0, LOSS),
        new Pgd(6, 0.25, false));
  }

  @ParameterizedTest
  @MethodSource("disguises")
  void isTheBasicMethodOnceItsIdeaIsSwitchedOff(BoundedAttack attack) {
    assertArrayEquals(perturbed(new Bim(6, 0.25)), perturbed(attack), 1e-6f);
  }

  @Test
  void randomFgsmRunsFromPlainToRandom() {
    assertArrayEquals(perturbed(new Fgsm()), perturbed(new RFgsm(0, LOSS)), 1e-6f);
    try (Scope scope = Scope.open()) {
      Tensor signs = Run.of(1).normal(problem().pixels(), 0).sign();
      Tensor random = problem().clip(problem().pixels().add(signs.mul(0.08)));
      assertArrayEquals(random.toFloats(), perturbed(new RFgsm(1, LOSS)), 1e-6f);
    }
  }

  @Test
  void takesAsManyStepsAsThePaperSays() {
    int[] levels = {1, 2, 4, 8, 16, 32};
    int[] steps = {2, 3, 5, 10, 20, 36};
    for (int i = 0; i < levels.length; i++) {
      assertEquals(steps[i], Bim.paperSteps(levels[i] / 255.0));
    }
  }

  @Test
  void shortensItsSteps() {
    assertEquals(1, StepSchedule.CONSTANT.factor(0.75));
    assertEquals(0.25, StepSchedule.LINEAR.factor(0.75), 1e-12);
    assertEquals((1 + Math.cos(0.75 * Math.PI)) / 2, StepSchedule.COSINE.factor(0.75), 1e-12);
  }

  @Test
  void keepsTheBestOfItsRestarts() {
    try (Scope scope = Scope.open()) {
      Tensor x = AttackNetworks.f8Input();
      Tensor many = Tensor.concat(Collections.nCopies(12, x), 0);
      Problem problem = Problem.of(AttackNetworks.f8(), many, Collections.nCopies(12, 3));
      Pgd once = new Pgd(1, 0.5, true);
      Pgd often = new Pgd(1, 0.5, true, 8, StepSchedule.CONSTANT, LOSS);
      Ball ball = new Ball(Norm.LINF, 0.03);
      Run run = Run.of(new Rng(1), 0, 12);
      double[] first = losses(problem, once.perturb(problem, ball, run));
      Tensor best = often.perturb(problem, ball, run);
      double[] last = losses(problem, best);
      boolean[] reached = problem.reached(problem.logits(best, run));
      boolean[] atOnce = problem.reached(problem.logits(once.perturb(problem, ball, run), run));
      int better = 0;
      for (int i = 0; i < 12; i++) {
        assertTrue(reached[i] || !atOnce[i]);
        assertTrue(reached[i] || last[i] >= first[i]);
        better += last[i] > first[i] ? 1 : 0;
      }
      assertTrue(better > 0);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new Pgd(5, 0.2, false, 3, StepSchedule.CONSTANT, LOSS));
  }

  private static double[] losses(Problem problem, Tensor images) {
    return problem
        .height(images, problem.objective(LOSS), Run.of(problem.size()))
        .loss()
        .toDoubles();
  }

  @Test
  void correctsTheGradientByItsVariance() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem();
      Objective loss = problem.objective(LOSS);
      Ball around = new Ball(Norm.LINF, 1.5 * 0.08);
      Tensor x = problem.pixels();
      Tensor momentum = x.fullLike(0);
      Tensor variance = x.fullLike(0);
      for (int step = 0; step < 4; step++) { // Wang and He 2021, algorithm 1
        Tensor gradient = problem.gradient(x, loss, Run.of(1)).gradient();
        Tensor tuned = gradient.add(variance);
        momentum = momentum.add(tuned.div(tuned.abs().sum().item()));
        Tensor sum = x.fullLike(0);
        for (int j = 0; j < 3; j++) {
          Tensor near = around.random(x, Run.of(1).split(step), j);
          sum = sum.add(problem.gradient(near, loss, Run.of(1)).gradient());
        }
        variance = sum.div(3).sub(gradient);
        x = x.add(momentum.sign().mul(0.25 * 0.08));
        x = problem.clip(BALL.project(x, problem.pixels()));
      }
      assertArrayEquals(x.toFloats(), perturbed(new VmiFgsm(4, 0.25, 1, 3, 1.5, LOSS)), 1e-5f);
    }
  }

  @Test
  void smoothsByKernelsOfSumOne() {
    float[] linear = SmoothingKernel.LINEAR.weights(3, 1).toFloats();
    assertEquals(0.25, linear[4], 1e-6);
    assertEquals(0.125, linear[3], 1e-6);
    assertEquals(0.0625, linear[0], 1e-6);
    float[] gaussian = SmoothingKernel.GAUSSIAN.weights(3, 1).toFloats();
    assertEquals(Math.exp(-1.5), gaussian[3] / gaussian[4], 1e-6); // variance 1 / 3
    for (SmoothingKernel kernel : SmoothingKernel.values()) {
      assertEquals(2, kernel.weights(15, 2).sum().item(), 1e-5);
    }
  }

  @Test
  void shrinksAndShiftsItsInputs() {
    try (Scope scope = Scope.open()) {
      Tensor x = AttackNetworks.f8Input();
      float[] values = x.toFloats();
      for (int use = 0; use < 20; use++) {
        float[] drawn = RandomPlacement.draw(x, 1, 0.5, Run.of(1).split(use)).of(x).toFloats();
        boolean known = false;
        for (int size = 4; size <= 8; size++) {
          for (int top = 0; top + size <= 8; top++) {
            for (int left = 0; left + size <= 8; left++) {
              known |= nearly(drawn, placed(values, size, top, left));
            }
          }
        }
        assertTrue(known, "draw " + use);
      }
    }
  }

  /** Half-pixel bilinear resizing of an 8 x 8 image, laid on black. */
  private static float[] placed(float[] image, int size, int top, int left) {
    float[] placed = new float[64];
    for (int r = 0; r < size; r++) {
      for (int c = 0; c < size; c++) {
        double y = Math.min(Math.max((r + 0.5) * 8 / size - 0.5, 0), 7);
        double x = Math.min(Math.max((c + 0.5) * 8 / size - 0.5, 0), 7);
        int y0 = Math.min((int) y, 6);
        int x0 = Math.min((int) x, 6);
        double upper = image[8 * y0 + x0] * (1 - x + x0) + image[8 * y0 + x0 + 1] * (x - x0);
        double lower = image[8 * y0 + 8 + x0] * (1 - x + x0) + image[8 * y0 + 9 + x0] * (x - x0);
        placed[8 * (r + top) + c + left] = (float) (upper * (1 - y + y0) + lower * (y - y0));
      }
    }
    return placed;
  }

  private static boolean nearly(float[] a, float[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i]) > 1e-4) {
        return false;
      }
    }
    return true;
  }
}
