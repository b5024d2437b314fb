package io.adversight.attack.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adversight.attack.Adversarial;
import io.adversight.attack.AttackNetworks;
import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.WatchedClassifier;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoiseTest {
  private static Adversarial run(BoundedAttack attack, Norm norm, double epsilon, Bounds bounds) {
    try (Scope scope = Scope.open()) {
      Problem problem =
          Problem.of(AttackNetworks.f8(), AttackNetworks.f8Input(), List.of(3)).with(bounds);
      return Attacks.run(
              attack,
              problem,
              norm,
              List.of(epsilon),
              Attacks.Rounding.SKIP,
              Run.of(new Rng(3), 0, 1))
          .get(0);
    }
  }

  @Test
  void gaussianNoiseEndsOnTheBorder() {
    Adversarial.Norms l2 = run(new GaussianNoise(), Norm.L2, 0.7, Bounds.NONE).norms();
    assertEquals(0.7, l2.l2(), 1e-5);
    assertEquals(0.7, run(new GaussianNoise(), Norm.L1, 0.7, Bounds.NONE).norms().l1(), 1e-5);
  }

  @Test
  void uniformNoiseFillsTheCube() {
    Adversarial.Norms norms = run(new UniformNoise(), Norm.LINF, 0.1, Bounds.NONE).norms();
    assertTrue(norms.linf() > 0.09 && norms.linf() <= 0.1);
    assertEquals(64 * 0.05, norms.l1(), 0.6); // the mean size of a change is half of epsilon
  }

  @Test
  void saltAndPepperTurnsAsManyPixelsAsTheBallAllows() {
    Adversarial result = run(new SaltAndPepper(1, 1), Norm.L0, 7, Bounds.PIXELS);
    assertEquals(7, result.norms().l0());
    float[] before = result.original().toArray();
    float[] after = result.changed().toArray();
    for (int i = 0; i < 64; i++) {
      assertTrue(after[i] == before[i] || after[i] == 0 || after[i] == 1);
    }
    Adversarial.Norms l1 = run(new SaltAndPepper(1, 1), Norm.L1, 3, Bounds.PIXELS).norms();
    assertTrue(l1.l1() <= 3 && l1.l1() > 2, l1.toString());
  }

  @Test
  void saltAndPepperChangesNoMoreThanItsShare() {
    Adversarial.Norms norms = run(new SaltAndPepper(), Norm.LINF, 0.05, Bounds.NONE).norms();
    assertEquals(6, norms.l0()); // a tenth of 64 pixels
    assertEquals(0.05, norms.linf(), 1e-6);
  }

  @Test
  void furtherTriesDoNotHurt() {
    assertTrue(run(new UniformNoise(200), Norm.LINF, 0.1, Bounds.PIXELS).success());
  }

  @Test
  void eachTryIsLookedAtOnce() {
    WatchedClassifier watched = new WatchedClassifier(AttackNetworks.f8(), 100);
    try (Scope scope = Scope.open()) {
      Problem problem = Problem.of(watched, AttackNetworks.f8Input(), List.of(3));
      Run run = Run.of(new Rng(1), 0, 1);
      Tensor made = new UniformNoise(5).perturb(problem, new Ball(Norm.LINF, 1e-4), run);
      assertTrue(Norm.LINF.of(made.sub(problem.pixels())).toDoubles()[0] > 0);
      assertEquals(5, run.counter(0).forwards());
      assertEquals(List.of(1L, 1L, 1L, 1L, 1L), watched.batches());
    }
  }
}
