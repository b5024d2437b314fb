package io.adversight.attack.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adversight.attack.AttackNetworks;
import io.adversight.attack.SmallNetworks;
import io.adversight.attack.iteration.ActiveImages;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attack.problem.TargetedDlr;
import io.adversight.model.Activations;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
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
      ActiveImages all = ActiveImages.all(problem, run);
      ApgdOptimization optimization = new ApgdOptimization(all, ball, here -> loss, 0.75, false);
      float[] best = optimization.from(start, 30).best().toFloats();
      assertArrayEquals(slowly(problem, loss, start, 30), best, 1e-5f);
    }
  }

  /** Algorithm 1 with arrays, one image, LINF radius 0.08. */
  private static float[] slowly(Problem problem, Objective loss, Tensor start, int steps) {
    List<Integer> checkpoints = ApgdCheckpoints.of(steps);
    float[] x = start.toFloats();
    float[] previous = x.clone();
    float[] best = x.clone();
    double bestLoss = gradient(problem, loss, x).loss().item();
    double lastLoss = bestLoss;
    double length = 2 * 0.08;
    double bestAtCheckpoint = bestLoss;
    int rises = 0;
    int lastCheckpoint = 0;
    boolean halvedBefore = false;
    for (int k = 0; k < steps; k++) {
      float[] sign = Norm.LINF.steepest(gradient(problem, loss, x).gradient()).toFloats();
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
      double now = gradient(problem, loss, x).loss().item();
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

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shrinksTheBallInL1AsTheAuthorsProgramDoes(long seed) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = SmallNetworks.smoothInputs().rows(0);
      int label = (int) SmallNetworks.smooth().logits(pixels).argmax(1).toLongs()[0];
      Problem problem = Problem.of(SmallNetworks.smooth(), pixels, List.of(label));
      Run run = Run.of(new Rng(seed), 0, 1);
      float[] start = pixels.add(run.normal(pixels, 0)).toFloats();
      Apgd attack = new Apgd(25, 1, 0.75, true, Loss.CROSS_ENTROPY);
      float[] found = attack.perturb(problem, new Ball(Norm.L1, 0.5), run).toFloats();
      assertArrayEquals(new SlowL1Apgd(problem, 0.5).run(start, 25), found, 1e-5f);
    }
  }

  /**
   * APGD in the L1 ball with arrays, for one image, after decr_eps_pgd and attack_single_run of the
   * authors' program (fra31/auto-attack, autopgd_base.py; Croce and Hein 2021).
   */
  private static final class SlowL1Apgd {
    private final Problem problem;
    private final Objective loss;
    private final float[] center;
    private final double epsilon;
    private float[] adversarial;

    SlowL1Apgd(Problem problem, double epsilon) {
      this.problem = problem;
      this.loss = problem.objective(Loss.CROSS_ENTROPY);
      this.center = problem.pixels().toFloats();
      this.epsilon = epsilon;
      this.adversarial = center;
    }

    float[] run(float[] start, int steps) {
      int part = (int) Math.ceil(0.3 * steps);
      float[] x = projected(start, 3 * epsilon);
      x = optimize(x, 3 * epsilon, part);
      x = optimize(projected(x, 2 * epsilon), 2 * epsilon, part);
      optimize(projected(x, epsilon), epsilon, steps - 2 * part);
      return adversarial;
    }

    /** The image of highest loss; {@link #adversarial} is the last that is misclassified, or it. */
    private float[] optimize(float[] start, double radius, int steps) {
      int values = center.length;
      float[] x = start;
      GradientEvaluation evaluation = gradient(problem, loss, x);
      float[] gradient = evaluation.gradient().toFloats();
      float[] best = x;
      float[] bestGradient = gradient;
      double bestLoss = evaluation.loss().item();
      boolean hit = problem.reached(evaluation.logits())[0];
      float[] last = x;
      float old = changed(x);
      float share = old / values / 1.5f;
      double length = radius;
      int every = Math.max((int) (0.04 * steps), 1);
      for (int i = 0; i < steps; i++) {
        float[] sizes = new float[values];
        for (int k = 0; k < values; k++) {
          sizes[k] = Math.abs(gradient[k]);
        }
        Arrays.sort(sizes);
        int place = (int) Math.min(Math.max((1 - share) * values, 0), values - 1);
        int moving = 0;
        for (float g : gradient) {
          moving += g != 0 && Math.abs(g) >= sizes[place] ? 1 : 0;
        }
        float[] next = x.clone();
        for (int k = 0; k < values; k++) {
          if (Math.abs(gradient[k]) >= sizes[place]) {
            next[k] += (float) (length * Math.signum(gradient[k]) / moving);
          }
        }
        x = projected(next, radius);
        evaluation = gradient(problem, loss, x);
        gradient = evaluation.gradient().toFloats();
        if (problem.reached(evaluation.logits())[0]) {
          hit = true;
          last = x;
        }
        if (evaluation.loss().item() > bestLoss) {
          bestLoss = evaluation.loss().item();
          best = x;
          bestGradient = gradient;
        }
        if ((i + 1) % every == 0) {
          float now = changed(best);
          share = now / values / 1.5f;
          if (now / old < 0.95) {
            length = radius;
            x = best;
            gradient = bestGradient;
          } else {
            length = Math.max(length / 1.5, radius / 10);
          }
          old = now;
        }
      }
      adversarial = hit ? last : best;
      return best;
    }

    private float changed(float[] x) {
      int changed = 0;
      for (int k = 0; k < x.length; k++) {
        changed += x[k] != center[k] ? 1 : 0;
      }
      return changed;
    }

    /** The nearest image in the ball and in [0, 1]: one threshold for all values, by bisection. */
    private float[] projected(float[] x, double radius) {
      double low = 0;
      double high = 10;
      if (size(x, 0) <= radius) {
        high = 0;
      }
      for (int i = 0; i < 100; i++) {
        double middle = (low + high) / 2;
        if (size(x, middle) > radius) {
          low = middle;
        } else {
          high = middle;
        }
      }
      float[] inside = new float[x.length];
      for (int k = 0; k < x.length; k++) {
        inside[k] = center[k] + (float) (Math.signum(x[k] - center[k]) * moved(x, k, high));
      }
      return inside;
    }

    private double size(float[] x, double threshold) {
      double sum = 0;
      for (int k = 0; k < x.length; k++) {
        sum += moved(x, k, threshold);
      }
      return sum;
    }

    private double moved(float[] x, int k, double threshold) {
      double change = (double) x[k] - center[k];
      double room = change > 0 ? 1.0 - center[k] : center[k];
      return Math.min(Math.max(Math.abs(change) - threshold, 0), room);
    }
  }

  private static GradientEvaluation gradient(Problem problem, Objective loss, float[] x) {
    return problem.gradient(Tensor.of(x, 1, 1, 8, 8), loss, Run.of(1));
  }

  private static double cut(Problem problem, int i, double value) {
    double center = problem.pixels().toFloats()[i];
    return Math.min(Math.max(Math.min(Math.max(value, center - 0.08), center + 0.08), 0), 1);
  }
}
