package io.adversight.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adversight.attack.composite.AutoAttack;
import io.adversight.attack.gradient.AdamPgd;
import io.adversight.attack.gradient.Apgd;
import io.adversight.attack.gradient.ApgdTargeted;
import io.adversight.attack.gradient.Bim;
import io.adversight.attack.gradient.DiFgsm;
import io.adversight.attack.gradient.EotPgd;
import io.adversight.attack.gradient.KthLikely;
import io.adversight.attack.gradient.MiFgsm;
import io.adversight.attack.gradient.Momentum;
import io.adversight.attack.gradient.NiFgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.gradient.ScaleInvariance;
import io.adversight.attack.gradient.SmoothingKernel;
import io.adversight.attack.gradient.StepSchedule;
import io.adversight.attack.gradient.TiDiMiFgsm;
import io.adversight.attack.gradient.TiFgsm;
import io.adversight.attack.gradient.TransferFgsm;
import io.adversight.attack.gradient.VarianceTuning;
import io.adversight.attack.gradient.VmiFgsm;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attack.problem.Selection;
import io.adversight.model.Activations;
import io.adversight.model.Batches;
import io.adversight.model.Objective;
import io.adversight.run.FrameListener;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images that reach the goal leave attacks of many steps. */
class EarlyStoppingTest {
  private static final Loss LOSS = Loss.CROSS_ENTROPY;
  private static final int IMAGES = 6;

  /** Attacks whose logits at the images come with their gradients. */
  static Stream<BoundedAttack> lookingAtTheImages() {
    return Stream.of(
        new Bim(8, 0.2),
        new MiFgsm(),
        new TiFgsm(10, 0.1, 3, SmoothingKernel.GAUSSIAN, 1, LOSS),
        new VmiFgsm(5, 0.25, 1, 3, 1.5, LOSS),
        new TransferFgsm(
            6,
            0.25,
            List.of(new Momentum(), new VarianceTuning(2, 1.5), new ScaleInvariance(2)),
            LOSS),
        new Pgd(8, 0.2, true),
        new AdamPgd(8, 0.2, 0.9, 0.999, true, LOSS),
        new Apgd(20, 1, 0.75, true, LOSS));
  }

  static Stream<BoundedAttack> attacks() {
    return Stream.concat(
        lookingAtTheImages(),
        Stream.of(
            new NiFgsm(),
            new DiFgsm(),
            new TiDiMiFgsm(8, 0.2, 1, 3, SmoothingKernel.GAUSSIAN, 0.7, 0.9, LOSS),
            new EotPgd(6, 0.3, 2, 1, 0.02, 0.1, 0.2, 0.05, 0, LOSS),
            new Pgd(6, 0.25, true, 2, StepSchedule.CONSTANT, LOSS),
            new ApgdTargeted(12, 2, 0.75, true),
            new KthLikely(1, false, 8, 0.2),
            new AutoAttack(8, 2, 30)));
  }

  private static Problem problem() {
    Tensor x = AttackNetworks.f8Input();
    Tensor all =
        Tensor.concat(
            List.of(x, x.mul(0.9), x.flip(3), x.mul(0.5), x.flip(2), x.mul(-1).add(1)), 0);
    long[] classes = AttackNetworks.f8().logits(all).argmax(1).toLongs();
    return Problem.of(
        AttackNetworks.f8(), all, Arrays.stream(classes).mapToObj(c -> (int) c).toList());
  }

  private static double epsilon(Norm norm) {
    return switch (norm) {
      case LINF -> 0.023;
      case L2 -> 0.13;
      case L1 -> 0.6;
      case L0 -> 5;
    };
  }

  private record Result(Tensor images, List<Boolean> reached, Run run) {
    int gradients() {
      return IntStream.range(0, run.size()).map(i -> run.counter(i).backwards()).sum();
    }
  }

  private static Result result(BoundedAttack attack, Norm norm, Problem problem, Run run) {
    Ball ball = new Ball(norm, epsilon(norm));
    Tensor made = attack.perturb(problem, ball, run);
    Tensor inside = problem.clip(ball.project(made, problem.pixels()));
    boolean[] reached = problem.reached(problem.logits(inside, Run.of(problem.size())));
    List<Boolean> flags = IntStream.range(0, reached.length).mapToObj(i -> reached[i]).toList();
    return new Result(inside, flags, run);
  }

  private static Run run(long seed) {
    return Run.of(new Rng(seed), 0, IMAGES);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void keepsEverySuccessForFewerGradients(BoundedAttack attack) {
    int fooled = 0;
    for (Norm norm : attack.norms()) {
      try (Scope scope = Scope.open()) {
        Result full = result(attack, norm, problem(), run(3));
        Result left = result(attack, norm, problem().withEarlyStopping(), run(3));
        for (int i = 0; i < IMAGES; i++) {
          assertTrue(left.reached().get(i) || !full.reached().get(i), norm + " image " + i);
          fooled += left.reached().get(i) ? 1 : 0;
        }
        assertTrue(left.gradients() < full.gradients(), norm + " " + left.gradients());
      }
    }
    assertTrue(fooled > 0 && fooled < IMAGES * attack.norms().size(), fooled + " fell");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void givesAnImageTheSameWhoeverLeavesBesideIt(BoundedAttack attack) {
    for (Norm norm : attack.norms()) {
      try (Scope scope = Scope.open()) {
        Result together = result(attack, norm, problem().withEarlyStopping(), run(5));
        for (int i = 0; i < IMAGES; i++) {
          Run own = run(5).select(i);
          Result alone = result(attack, norm, problem().withEarlyStopping().select(i), own);
          float[] image = together.images().rows(i).toFloats();
          assertArrayEquals(image, alone.images().toFloats(), 1e-5f, norm + " image " + i);
          assertEquals(together.run().counter(i).backwards(), own.counter(0).backwards());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lookingAtTheImages")
  void costsNoPassMore(BoundedAttack attack) {
    try (Scope scope = Scope.open()) {
      Run run = run(3);
      attack.perturb(problem().withEarlyStopping(), new Ball(Norm.LINF, 0.023), run);
      for (int i = 0; i < IMAGES; i++) {
        assertEquals(run.counter(i).backwards(), run.counter(i).forwards());
      }
    }
  }

  @Test
  void takesTheFirstImageThatReachesTheGoal() {
    Pgd attack = new Pgd(12, 0.1, false);
    Ball ball = new Ball(Norm.LINF, 0.023);
    try (Scope scope = Scope.open()) {
      Problem problem = problem();
      long[] shape = problem.pixels().shape().toArray();
      List<float[]> path = new ArrayList<>(List.of(problem.pixels().toFloats()));
      FrameListener keep = (images, loss) -> path.add(images.toFloats());
      attack.perturb(problem, ball, run(0).with(keep));
      float[] left = attack.perturb(problem.withEarlyStopping(), ball, run(0)).toFloats();
      int values = left.length / IMAGES;
      int early = 0;
      for (int i = 0; i < IMAGES; i++) {
        int first = 0;
        while (first < 12
            && !problem.reached(problem.logits(Tensor.of(path.get(first), shape), run(0)))[i]) {
          first++;
        }
        early += first < 12 ? 1 : 0;
        int from = i * values;
        float[] expected = Arrays.copyOfRange(path.get(first), from, from + values);
        assertArrayEquals(expected, Arrays.copyOfRange(left, from, from + values), 1e-5f);
      }
      assertTrue(early > 0 && early < IMAGES, early + " left");
    }
  }

  /** A loss of its own for every image that knows which image it belongs to. */
  private record OwnClass(List<Integer> classes) implements Objective {
    @Override
    public Objective select(int... images) {
      return new OwnClass(Selection.of(classes, images));
    }

    @Override
    public Tensor values(Activations activations) {
      return new CrossEntropy(classes).values(activations);
    }
  }

  @ParameterizedTest
  @MethodSource("batched")
  void selectsTheImagesOfALossOfItsOwn(BoundedAttack attack) {
    try (Scope scope = Scope.open()) {
      Problem plain = problem();
      Problem own = plain.with(new OwnClass(plain.labels()));
      float[] expected = images(attack, plain, IMAGES);
      assertArrayEquals(expected, images(attack, own, IMAGES), 1e-5f);
      assertArrayEquals(expected, images(attack, own, 2), 1e-5f);
      float[] early = images(attack, plain.withEarlyStopping(), IMAGES);
      assertArrayEquals(early, images(attack, own.withEarlyStopping(), IMAGES), 1e-5f);
    }
  }

  private static float[] images(BoundedAttack attack, Problem problem, int batch) {
    Attacks.Settings settings = Attacks.Settings.of(Attacks.Rounding.SKIP).withBatch(batch);
    List<Double> epsilons = List.of(0.023);
    List<Adversarial> results =
        Attacks.run(attack, problem, Norm.LINF, epsilons, settings, run(3), result -> {});
    return Batches.of(results.stream().map(Adversarial::changed).toList()).toFloats();
  }

  /** Attacks that go on with some of the images only. */
  static Stream<BoundedAttack> batched() {
    return Stream.of(
        new Bim(8, 0.2),
        new Pgd(6, 0.25, true, 3, StepSchedule.CONSTANT, LOSS),
        new Apgd(20, 2, 0.75, true, LOSS));
  }
}
