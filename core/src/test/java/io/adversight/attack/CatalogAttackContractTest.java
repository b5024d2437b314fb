package io.adversight.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every attack of the catalogue promises, on a network without ties (see {@link
 * Attack#isPerImage}).
 */
class CatalogAttackContractTest {
  /** Of pixels in [0, 1], a hundred times what rounding does to a network of this size. */
  private static final double TOLERANCE = 1e-4;

  private static final Classifier NETWORK = SmallNetworks.smooth();

  static Stream<Attack> attacks() {
    return CatalogAttacks.all();
  }

  private static Problem problem() {
    Tensor pixels = SmallNetworks.smoothInputs();
    long[] predicted = NETWORK.logits(pixels).argmax(1).toLongs();
    return Problem.of(
        NETWORK, pixels, Arrays.stream(predicted).mapToObj(label -> (int) label).toList());
  }

  private static Set<Norm> norms(Attack attack) {
    if (attack instanceof BoundedAttack bounded) {
      return bounded.norms();
    }
    return attack instanceof MinimalAttack minimal ? minimal.norms() : Set.of(Norm.L2);
  }

  private static double epsilon(Norm norm) {
    return switch (norm) {
      case LINF -> 0.06;
      case L2 -> 1;
      case L1 -> 1.5;
      case L0 -> 5;
    };
  }

  /** The results for some images of the problem, in the given order. */
  private static List<Adversarial> results(Attack attack, Norm norm, int... images) {
    try (Scope scope = Scope.open()) {
      return Attacks.runAny(
          attack,
          problem().select(images),
          norm,
          List.of(epsilon(norm)),
          Attacks.Settings.of(Attacks.Rounding.SKIP),
          Run.of(new Rng(5), 0, 3).select(images));
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void givesAnImageTheSameResultAloneInABatchAndInAnotherOrder(Attack attack) {
    for (Norm norm : norms(attack)) {
      List<Adversarial> batch = results(attack, norm, 0, 1, 2);
      assertThat(batch).as("changed by %s", norm).anyMatch(result -> result.norms().linf() > 0);
      List<Adversarial> again = results(attack, norm, 0, 1, 2);
      for (int i = 0; i < 3; i++) {
        assertThat(pixels(again.get(i))).containsExactly(pixels(batch.get(i)));
      }
      if (attack.isPerImage()) {
        List<Adversarial> turned = results(attack, norm, 2, 1, 0);
        for (int i = 0; i < 3; i++) {
          assertSame(norm + " in another order", batch.get(i), turned.get(2 - i));
        }
        assertSame(norm + " alone", batch.get(1), results(attack, norm, 1).get(0));
      }
    }
  }

  /** Evidence that nothing is asked of a network behind the counters' back. */
  @ParameterizedTest
  @MethodSource("attacks")
  void countsEveryForwardPass(Attack attack) {
    WatchedClassifier watched = new WatchedClassifier(NETWORK, 1000);
    Norm norm = norms(attack).stream().sorted().findFirst().orElseThrow();
    try (Scope scope = Scope.open()) {
      Tensor pixels = SmallNetworks.smoothInputs().rows(0);
      List<Integer> label = problem().labels().subList(0, 1);
      Run run = Run.of(new Rng(5), 0, 1);
      Attacks.changed(attack, Problem.of(watched, pixels, label), norm, epsilon(norm), run);
      long asked = watched.batches().stream().mapToLong(size -> size).sum();
      assertThat((long) run.counter(0).forwards()).isGreaterThanOrEqualTo(asked);
    }
  }

  private static float[] pixels(Adversarial result) {
    return result.changed().toArray();
  }

  private static void assertSame(String how, Adversarial expected, Adversarial found) {
    assertThat(found.success()).as(how).isEqualTo(expected.success());
    float[] pixels = pixels(expected);
    float[] others = pixels(found);
    for (int i = 0; i < pixels.length; i++) {
      assertThat((double) others[i])
          .as("%s, value %d", how, i)
          .isCloseTo(pixels[i], within(TOLERANCE));
    }
  }
}
