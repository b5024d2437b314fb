package io.adversight.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.adversight.attack.blackbox.BlackBoxBoundedAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.catalog.Catalog;
import io.adversight.catalog.Entry;
import io.adversight.catalog.Kind;
import io.adversight.run.Run;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every bounded attack promises, whichever it is. */
class BoundedAttackContractTest {
  private static final int IMAGES = 3;

  static Stream<BoundedAttack> attacks() {
    return BoundedAttacks.all();
  }

  /** Noise never asks the network, so there is no pass at which it could stop. */
  static Stream<BoundedAttack> askingAttacks() {
    return BoundedAttacks.all().filter(attack -> !BoundedAttacks.withoutPasses(attack));
  }

  /** The formula input and two others, in [0, 1]. */
  private static Tensor images() {
    Tensor first = AttackNetworks.f8Input();
    Tensor second = first.flip(3).mul(0.9);
    Tensor third = first.flip(2).mul(-1).add(1);
    return Tensor.concat(List.of(first, second, third), 0);
  }

  private static Problem problem() {
    Tensor images = images();
    long[] labels = AttackNetworks.f8().logits(images).argmax(1).toLongs();
    List<Integer> classes = java.util.Arrays.stream(labels).mapToObj(l -> (int) l).toList();
    return Problem.of(AttackNetworks.f8(), images, classes);
  }

  private static double epsilon(Norm norm) {
    return switch (norm) {
      case LINF -> 0.06;
      case L2 -> 0.3;
      case L1 -> 1.5;
      case L0 -> 5;
    };
  }

  private static List<Adversarial> run(BoundedAttack attack, Norm norm, long seed) {
    try (Scope scope = Scope.open()) {
      return Attacks.run(
          attack,
          problem(),
          norm,
          List.of(epsilon(norm)),
          Attacks.Rounding.CHECK,
          Run.of(new Rng(seed), 0, IMAGES));
    }
  }

  private static double size(Norm norm, Adversarial.Norms norms) {
    return switch (norm) {
      case LINF -> norms.linf();
      case L2 -> norms.l2();
      case L1 -> norms.l1();
      case L0 -> norms.l0();
    };
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void staysInsideTheBallAndTheBounds(BoundedAttack attack) {
    for (Norm norm : attack.norms()) {
      for (Adversarial result : run(attack, norm, 1)) {
        double size = size(norm, result.norms());
        assertTrue(size <= epsilon(norm) * (1 + 1e-5), norm + " " + size);
        assertTrue(result.changed().min() >= 0 && result.changed().max() <= 1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void reportsTheRoundedImage(BoundedAttack attack) {
    for (Adversarial result : run(attack, attack.norms().iterator().next(), 1)) {
      assertTrue(result.rounded().isPresent());
      assertEquals(result.rounded().get().top() != result.label(), result.roundedSuccess());
      assertEquals(result.after().top() != result.label(), result.success());
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void givesTheSameResultForTheSameSeed(BoundedAttack attack) {
    for (Norm norm : attack.norms()) {
      List<Adversarial> first = run(attack, norm, 5);
      List<Adversarial> second = run(attack, norm, 5);
      for (int i = 0; i < IMAGES; i++) {
        assertArrayEquals(first.get(i).changed().toArray(), second.get(i).changed().toArray(), 0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("askingAttacks")
  void stopsWhenThatIsWished(BoundedAttack attack) {
    try (Scope scope = Scope.open()) {
      Run run = Run.of(IMAGES);
      run.cancel();
      Norm norm = attack.norms().iterator().next();
      Problem problem = problem();
      Ball ball = new Ball(norm, epsilon(norm));
      assertThrows(CancellationException.class, () -> attack.perturb(problem, ball, run));
    }
  }

  @Test
  void holdsForEveryBoundedAttackOfTheCatalogue() {
    Set<Class<?>> tested = attacks().map(Object::getClass).collect(Collectors.toSet());
    for (Entry<?> entry : Catalog.entries()) {
      if (entry.kind() == Kind.BOUNDED_ATTACK
          && !BlackBoxBoundedAttack.class.isAssignableFrom(entry.type())) {
        assertTrue(tested.contains(entry.type()), entry.id() + " is not tested");
      }
    }
  }

  @Test
  void doesNotLetNativeMemoryGrow() {
    List<BoundedAttack> attacks = attacks().toList();
    List<Long> grown = new ArrayList<>();
    for (int trial = 0; trial < 6; trial++) {
      long before = Engine.residentBytes();
      for (int round = 0; round < 4; round++) {
        attacks.forEach(attack -> run(attack, attack.norms().iterator().next(), 1));
      }
      grown.add((Engine.residentBytes() - before) >> 20);
      if (trial > 0 && grown.get(trial) < 40) {
        return; // Java's own heap may grow for a while, a leak grows every time
      }
    }
    fail("grew by " + grown + " MiB");
  }
}
