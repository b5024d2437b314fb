package io.adversight.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adversight.attack.gradient.Bim;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.LeastLikely;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttacksTest {
  private static final Attacks.Settings PLAIN = Attacks.Settings.of(Attacks.Rounding.SKIP);

  /** Mirrored and darkened copies of the formula input, in classes 3 and whatever else. */
  private static Tensor copies(int count) {
    Tensor x = AttackNetworks.f8Input();
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add((i % 2 == 0 ? x : x.flip(3)).mul(1 - 0.02 * i));
    }
    return Tensor.concat(all, 0);
  }

  private static Problem problem(Classifier classifier, int count) {
    return Problem.of(classifier, copies(count), Collections.nCopies(count, 3));
  }

  private static List<Adversarial> run(
      BoundedAttack attack, Problem problem, double epsilon, Attacks.Settings settings) {
    return Attacks.run(
        attack, problem, Norm.LINF, List.of(epsilon), settings, Run.of(problem.size()), a -> {});
  }

  @Test
  void sharesTheStartingSlopeAmongEpsilons() {
    WatchedClassifier watched = new WatchedClassifier(AttackNetworks.f8(), 100);
    List<Double> epsilons = IntStream.rangeClosed(1, 20).mapToObj(i -> i / 255.0).toList();
    try (Scope scope = Scope.open()) {
      List<Adversarial> results =
          Attacks.run(
              new Fgsm(),
              problem(watched, 2),
              Norm.LINF,
              epsilons,
              Attacks.Rounding.SKIP,
              Run.of(2));
      assertEquals(40, results.size());
      assertEquals(21, watched.batches().size()); // one gradient and 20 forward passes
      assertEquals(1, results.stream().mapToInt(a -> a.cost().backwards()).max().orElse(0));
    }
  }

  @Test
  void givesTheSameResultsInSmallerBatches() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem(AttackNetworks.f8(), 5);
      List<Adversarial> heard = new ArrayList<>();
      List<Adversarial> whole = run(new Pgd(5, 0.3, true), problem, 0.05, PLAIN);
      List<Adversarial> parts =
          Attacks.run(
              new Pgd(5, 0.3, true),
              problem,
              Norm.LINF,
              List.of(0.05),
              PLAIN.withBatch(2),
              Run.of(5),
              heard::add);
      assertEquals(parts, heard);
      for (int i = 0; i < 5; i++) {
        assertEquals(i, parts.get(i).image());
        assertArrayEquals(
            whole.get(i).changed().toArray(), parts.get(i).changed().toArray(), 1e-5f);
      }
    }
  }

  @Test
  void ordersResultsByEpsilonWhateverTheBatch() {
    try (Scope scope = Scope.open()) {
      List<Adversarial> results =
          Attacks.run(
              new Fgsm(),
              problem(AttackNetworks.f8(), 3),
              Norm.LINF,
              List.of(0.01, 0.02),
              PLAIN.withBatch(2),
              Run.of(3),
              a -> {});
      assertEquals(List.of(0, 1, 2, 0, 1, 2), results.stream().map(Adversarial::image).toList());
      assertEquals(
          List.of(.01, .01, .01, .02, .02, .02),
          results.stream().map(Adversarial::epsilon).toList());
    }
  }

  @Test
  void halvesTheBatchWhenMemoryIsShort() {
    WatchedClassifier watched = new WatchedClassifier(AttackNetworks.f8(), 2);
    try (Scope scope = Scope.open()) {
      List<Adversarial> results = run(new Fgsm(), problem(watched, 6), 0.05, PLAIN);
      assertEquals(6, results.size());
      assertTrue(watched.batches().stream().allMatch(n -> n <= 2));
    }
  }

  @Test
  void leavesImagesAloneThatReachTheGoalAsTheyAre() {
    try (Scope scope = Scope.open()) {
      Problem right = problem(AttackNetworks.f8(), 1);
      Tensor twice = Tensor.concat(List.of(right.pixels(), right.pixels()), 0);
      Problem problem = Problem.of(AttackNetworks.f8(), twice, List.of(3, 0));
      List<Adversarial> results = run(new Fgsm(), problem, 0.05, PLAIN.skippingReached());
      assertEquals(0, results.get(1).norms().linf());
      assertTrue(results.get(1).success());
      assertEquals(0, results.get(1).cost().forwards());
      assertEquals(0.05, results.get(0).norms().linf(), 1e-6);
    }
  }

  @Test
  void findsAnAdversarialImageThatAPngCanHold() {
    try (Scope scope = Scope.open()) {
      int plain = 0;
      int quantized = 0;
      for (double epsilon : new double[] {0.021, 0.0225, 0.024, 0.0255, 0.027}) {
        Problem problem = problem(AttackNetworks.f8(), 6);
        Attacks.Settings check = Attacks.Settings.of(Attacks.Rounding.CHECK);
        for (Adversarial a : run(new Pgd(10, 0.2, false), problem, epsilon, check)) {
          plain += a.roundedSuccess() && a.norms().linf() <= epsilon ? 1 : 0;
        }
        for (Adversarial a : run(new Pgd(10, 0.2, false), problem, epsilon, check.quantized())) {
          quantized += a.success() ? 1 : 0;
          assertEquals(a.success(), a.roundedSuccess());
          for (float value : a.changed().toArray()) {
            assertEquals(Math.rint(value * 255.0), value * 255.0, 1e-4);
          }
        }
      }
      assertTrue(quantized >= plain, quantized + " of PNGs, but " + plain + " by chance");
      assertTrue(quantized > 0);
    }
  }

  @Test
  void keepsQuantizedImagesInsideTheBall() {
    try (Scope scope = Scope.open()) {
      Tensor images = EightBitLattice.rounded(copies(4));
      Problem problem = Problem.of(AttackNetworks.f8(), images, Collections.nCopies(4, 3));
      for (Norm norm : List.of(Norm.LINF, Norm.L2, Norm.L1)) {
        double epsilon = norm == Norm.LINF ? 5 / 255.0 : norm == Norm.L2 ? 0.2 : 0.9;
        for (Adversarial a :
            Attacks.run(
                new Pgd(10, 0.2, false),
                problem,
                norm,
                List.of(epsilon),
                PLAIN.quantized(),
                Run.of(4),
                r -> {})) {
          Adversarial.Norms n = a.norms();
          double size = norm == Norm.LINF ? n.linf() : norm == Norm.L2 ? n.l2() : n.l1();
          assertTrue(size <= epsilon + 1e-6, norm + " " + size);
        }
      }
    }
  }

  @Test
  void refusesWhatCannotBeDone() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem(AttackNetworks.f8(), 1);
      assertThrows(IllegalArgumentException.class, () -> run(new Fgsm(), problem, 8, PLAIN));
      assertThrows(IllegalArgumentException.class, () -> run(new Fgsm(), problem, -0.1, PLAIN));
      assertThrows(
          IllegalArgumentException.class,
          () ->
              Attacks.run(
                  new Bim(), problem, Norm.L2, List.of(.5), Attacks.Rounding.SKIP, Run.of(1)));
      assertThrows(
          IllegalArgumentException.class, () -> problem.with(new Goal.MisclassifyAs(List.of(3))));
      assertThrows(
          IllegalArgumentException.class,
          () ->
              run(new LeastLikely(), problem.with(new Goal.MisclassifyAs(List.of(1))), .1, PLAIN));
    }
  }

  @Test
  void measuresTheNoise() {
    try (Scope scope = Scope.open()) {
      Adversarial result = run(new Fgsm(), problem(AttackNetworks.f8(), 1), 0.05, PLAIN).get(0);
      double error = result.norms().l2() * result.norms().l2() / 64;
      assertEquals(10 * Math.log10(1 / error), result.psnr(), 1e-3);
      assertTrue(Double.isNaN(result.ssim())); // 8 pixels are fewer than SSIM's window
    }
  }

  @Test
  void explainsWhyNothingMoves() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new float[] {.1f, .6f, .3f}, 1, 1, 1, 3);
      Problem flat = Problem.of(AttackNetworks.multiLayer(-1, 2, 2), x, List.of(1));
      Adversarial result = run(new Pgd(), flat, 0.1, PLAIN.explained()).get(0);
      assertFalse(result.success());
      assertEquals(
          List.of(Diagnosis.Cause.ZERO_GRADIENT),
          result.diagnoses().stream().map(Diagnosis::cause).toList());
      Problem steep = Problem.of(AttackNetworks.line(40, 40, 0), x.narrow(3, 0, 2), List.of(1));
      Adversarial sure = run(new Pgd(), steep, 0.01, PLAIN.explained()).get(0);
      assertEquals(
          List.of(Diagnosis.Cause.SATURATED_SOFTMAX),
          sure.diagnoses().stream().map(Diagnosis::cause).toList());
    }
  }

  @Test
  void countsRobustImagesByBothConventions() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new float[] {.9f, .55f, .2f}, 3, 1, 1, 1).expand(3, 1, 1, 2);
      Problem problem = Problem.of(AttackNetworks.line(1, 1, -1), x.contiguous(), List.of(1, 1, 1));
      List<Adversarial> results =
          Attacks.run(
              new Fgsm(), problem, Norm.LINF, List.of(.1, .3), Attacks.Rounding.CHECK, Run.of(3));
      RobustAccuracy small = RobustAccuracy.byEpsilon(results).get(0);
      assertEquals(.1, small.epsilon());
      assertEquals(new Proportion(2, 3), small.clean());
      assertEquals(new Proportion(1, 3), small.ofAll());
      assertEquals(new Proportion(1, 2), small.ofRight());
      assertEquals(new Proportion(2, 3), small.success());
      assertEquals(new Proportion(2, 3), small.roundedSuccess());
      List<RobustAccuracy> both = RobustAccuracy.byEpsilon(results);
      assertEquals(
          Diagnosis.Cause.NO_GROWTH_WITH_EPSILON,
          RobustAccuracy.sign(Norm.LINF, both).orElseThrow().cause());
    }
  }

  @Test
  void keepsFramesOfTheWay() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem(AttackNetworks.f8(), 3);
      Trajectory trajectory = Trajectory.of(AttackNetworks.f8(), 3, 2);
      List<Adversarial> results =
          Attacks.run(
              new Bim(6, 0.2),
              problem,
              Norm.LINF,
              List.of(0.05),
              PLAIN.withBatch(2),
              Run.of(3).with(trajectory),
              a -> {});
      for (int i = 0; i < 3; i++) {
        List<Trajectory.Frame> frames = trajectory.frames(i);
        assertEquals(3, trajectory.forwards(i));
        assertEquals(
            6, results.get(i).cost().forwards()); // those of the trajectory are not counted
        assertEquals(List.of(2, 4, 6), frames.stream().map(Trajectory.Frame::step).toList());
        Trajectory.Frame last = frames.get(2);
        assertArrayEquals(results.get(i).changed().toArray(), last.image().toArray(), 1e-6f);
        assertEquals(results.get(i).after().top(), last.prediction().top());
        assertTrue(last.loss() > frames.get(0).loss());
      }
    }
  }
}
