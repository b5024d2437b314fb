package io.adversight.attack.composite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adversight.attack.Adversarial;
import io.adversight.attack.AttackNetworks;
import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.SmallNetworks;
import io.adversight.attack.StagedAttack;
import io.adversight.attack.WatchedClassifier;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Classifier;
import io.adversight.run.FrameListener;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class AutoAttackTest {
  private static final AutoAttack SMALL = new AutoAttack(6, 2, 20);

  private static Problem problem(WatchedClassifier watched) {
    Tensor x = AttackNetworks.f8Input();
    Tensor all = Tensor.concat(List.of(x, x.mul(.9), x.flip(3), x.mul(.5)), 0);
    long[] classes = AttackNetworks.f8().logits(all).argmax(1).toLongs();
    List<Integer> labels = java.util.Arrays.stream(classes).mapToObj(c -> (int) c).toList();
    return Problem.of(watched, all, labels);
  }

  private static WatchedClassifier network() {
    return new WatchedClassifier(AttackNetworks.f8(), 100);
  }

  @Test
  void goesOnWhereItStopped() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem(network());
      Ball ball = new Ball(Norm.LINF, 0.02);
      List<StagedAttack.StageState> progress = new ArrayList<>();
      Tensor whole = SMALL.perturb(problem, ball, Run.of(4), List.of(), progress::add);
      assertTrue(progress.stream().anyMatch(s -> s.stages() == 4), "none stands to the end");
      for (int known = 0; known <= progress.size(); known++) {
        List<StagedAttack.StageState> before = progress.subList(0, known);
        WatchedClassifier watched = network();
        Tensor resumed = SMALL.perturb(problem(watched), ball, Run.of(4), before, s -> {});
        assertArrayEquals(whole.toFloats(), resumed.toFloats(), 1e-5f);
        if (known == progress.size()) {
          assertEquals(1, watched.batches().size()); // only the check of the originals
        }
      }
    }
  }

  @Test
  void sendsOnlyStandingImagesToTheNextStage() {
    try (Scope scope = Scope.open()) {
      List<StagedAttack.StageState> progress = new ArrayList<>();
      Ball ball = new Ball(Norm.LINF, 0.025);
      SMALL.perturb(problem(network()), ball, Run.of(4), List.of(), progress::add);
      for (int image = 0; image < 4; image++) {
        int i = image;
        List<StagedAttack.StageState> own = progress.stream().filter(s -> s.image() == i).toList();
        for (int s = 0; s < own.size(); s++) {
          assertEquals(s + 1, own.get(s).stages());
          assertEquals(
              s + 1 < own.size() || own.size() == 4,
              own.get(s).adversarial().isEmpty() || own.size() == 4);
        }
      }
    }
  }

  @Test
  void beatsEachOfItsStages() {
    for (Norm norm : List.of(Norm.LINF, Norm.L2, Norm.L1)) {
      double epsilon = norm == Norm.LINF ? 0.022 : norm == Norm.L2 ? 0.12 : 0.5;
      try (Scope scope = Scope.open()) {
        Problem problem = problem(network());
        int ensemble = successes(SMALL, problem, norm, epsilon);
        for (AutoAttack.Stage stage : SMALL.stages(norm)) {
          assertTrue(successes(stage.attack(), problem, norm, epsilon) <= ensemble);
        }
      }
    }
  }

  @Test
  void holdsNoMoreTensorsOverMoreStepsInL1() {
    held(new AutoAttack(2, 1, 10));
    long few = held(new AutoAttack(8, 2, 20)); // enough for the three balls of L1-APGD
    long many = held(new AutoAttack(64, 2, 400));
    assertTrue(many - few < 300, "held %s and %s".formatted(few, many));
  }

  /** The most tensors and other native things there are at any step, beside those before. */
  private static long held(AutoAttack attack) {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new Rng(3).uniform(4 * 16 * 16, 0.1, 0.9), 4, 1, 16, 16);
      Classifier network = SmallNetworks.randomLinear(16, 3, 11);
      long[] classes = network.logits(x).argmax(1).toLongs();
      List<Integer> labels = java.util.Arrays.stream(classes).mapToObj(c -> (int) c).toList();
      Problem problem = Problem.of(network, x, labels);
      AtomicLong most = new AtomicLong();
      FrameListener watch =
          (images, loss) -> most.accumulateAndGet(Pointer.totalCount(), Math::max);
      long before = Pointer.totalCount();
      attack.perturb(problem, new Ball(Norm.L1, 1e-3), Run.of(4).with(watch));
      return most.get() - before;
    }
  }

  private static int successes(BoundedAttack attack, Problem problem, Norm norm, double epsilon) {
    return (int)
        Attacks.run(attack, problem, norm, List.of(epsilon), Attacks.Rounding.SKIP, Run.of(4))
            .stream()
            .filter(Adversarial::success)
            .count();
  }

  @Test
  void refusesATarget() {
    try (Scope scope = Scope.open()) {
      Problem problem = Problem.of(AttackNetworks.f8(), AttackNetworks.f8Input(), List.of(3));
      Problem targeted = problem.with(new Goal.MisclassifyAs(Collections.nCopies(1, 0)));
      assertThrows(
          IllegalArgumentException.class,
          () -> SMALL.perturb(targeted, new Ball(Norm.LINF, .1), Run.of(1)));
    }
  }
}
