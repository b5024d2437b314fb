package io.adversight.evaluation.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.Attacks;
import io.adversight.attack.SmallNetworks;
import io.adversight.attack.WatchedClassifier;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SweepTest {
  /** The brighter of two pixels; an attack moves both by epsilon towards the other class. */
  private static final Classifier BRIGHTER =
      SmallNetworks.linear(1, 2, new double[][] {{1, 0}, {0, 1}}, 0, 0);

  private static List<Sweep.Track> sweep(Classifier classifier, List<Double> epsilons, Run run) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Tensor.of(new float[] {0.6f, 0.5f, 0.2f, 0.8f, 0.5f, 0.55f}, 3, 1, 1, 2);
      Problem problem = Problem.of(classifier, pixels, List.of(0, 1, 1));
      return Sweep.of(
          new Fgsm(),
          problem,
          List.of("a", "b", "c"),
          Norm.LINF,
          epsilons,
          Attacks.Rounding.SKIP,
          run);
    }
  }

  @Test
  void findsTheFirstEpsilonAtWhichEachImageFlips() {
    // Half the difference of the pixels: 0.05, 0.3 and 0.025.
    Sweep sweep = new Sweep(sweep(BRIGHTER, List.of(0.0, 0.02, 0.04, 0.06, 0.2), Run.of(3)));
    assertThat(sweep.tracks().get(0).firstFlip()).hasValue(0.06);
    assertThat(sweep.tracks().get(1).firstFlip()).isEmpty();
    assertThat(sweep.tracks().get(2).firstFlip()).hasValue(0.04);
    assertThat(sweep.medianFirstFlip()).hasValue(0.06);
    assertThat(sweep.success().stream().map(p -> p.successes()))
        .containsExactly(0L, 0L, 1L, 2L, 2L);
  }

  @Test
  void tellsProbabilitiesAndNormsOfEverySize() {
    Sweep.Step step = sweep(BRIGHTER, List.of(0.02), Run.of(3)).get(0).steps().get(0);
    // Logits 0.58 and 0.52.
    assertThat(step.label()).isCloseTo(1 / (1 + Math.exp(-0.06)), within(1e-6));
    assertThat(step.tracked().get(1)).isCloseTo(1 / (1 + Math.exp(0.06)), within(1e-6));
    assertThat(step.linf()).isCloseTo(0.02, within(1e-6));
    assertThat(step.l2()).isCloseTo(0.02 * Math.sqrt(2), within(1e-6));
    assertThat(step.l0()).isEqualTo(2);
  }

  @Test
  void costsOneGradientAndOneForwardPassPerSizeForASingleStep() {
    WatchedClassifier watched = new WatchedClassifier(BRIGHTER, 100);
    Run run = Run.of(3);
    List<Double> twenty = IntStream.rangeClosed(1, 20).mapToObj(i -> i / 100.0).toList();
    assertThat(sweep(watched, twenty, run)).hasSize(3);
    // One forward pass recorded for the gradient, then one for each of the twenty sizes.
    assertThat(watched.batches()).hasSize(1 + 20);
    assertThat(watched.batches()).containsOnly(3L);
    assertThat(watched.recorded()).isEqualTo(1);
  }

  @Test
  void saysWhenMostImagesNeverFlip() {
    Sweep sweep = new Sweep(sweep(BRIGHTER, List.of(0.03), Run.of(3)));
    assertThat(sweep.medianFirstFlip()).isEmpty();
  }
}
