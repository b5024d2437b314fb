package io.adversight.study.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attack.Adversarial.Cost;
import io.adversight.attack.Adversarial.Norms;
import io.adversight.attack.Diagnosis.Cause;
import io.adversight.attack.Outcome;
import io.adversight.attack.problem.Norm;
import io.adversight.metric.numeric.Proportion;
import io.adversight.study.Algorithm;
import io.adversight.study.MemoryStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ten images, of which the network knows the first eight. */
class RobustnessSummaryTest {
  private static final Algorithm FGSM = Algorithm.of("fgsm");
  private static final Algorithm PGD = Algorithm.of("pgd");
  private static final Algorithm DEEP_FOOL = Algorithm.of("deep-fool");
  private static final Algorithm BLACK_BOX = Algorithm.of("hop-skip-jump");

  private final MemoryStore store = new MemoryStore();

  private RobustnessSummary summary(Algorithm... attacks) {
    for (int i = 0; i < 10; i++) {
      int predicted = i < 8 ? 3 : 4;
      store.addClean(List.of(new RobustnessStore.Clean(i, "image " + i, "", 3, predicted)));
    }
    RobustnessSpec spec =
        new RobustnessSpec(
            List.of(attacks),
            Norm.LINF,
            List.of(0.1),
            0,
            8,
            EnumSet.allOf(RobustnessSpec.Option.class));
    return RobustnessSummary.of(spec, store, 10);
  }

  /** Outcomes of the eight; {@code kept} of the fooled stay so after 8-bit quantization. */
  private static List<Outcome> outcomes(
      double epsilon, Set<Integer> fooled, Set<Integer> kept, double size, int gradients) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      boolean success = fooled.contains(i);
      outcomes.add(
          new Outcome(
              i,
              3,
              epsilon,
              3,
              success ? 5 : 3,
              success,
              Optional.of(kept.contains(i)),
              new Norms(1, size, size, size),
              new Cost(gradients, gradients + 2, gradients, 0.5),
              success ? List.of() : List.of(Cause.ZERO_GRADIENT)));
    }
    return outcomes;
  }

  private static Proportion of(long part, long whole) {
    return new Proportion(part, whole);
  }

  @Test
  void countsBothConventionsAndRounding() {
    store.addOutcomes(FGSM, outcomes(0.1, Set.of(0, 1, 2), Set.of(0, 1), 0.1, 1));
    RobustnessSummary summary = summary(FGSM);
    assertThat(summary.clean()).isEqualTo(of(8, 10));
    assertThat(summary.together()).isEmpty();
    AttackRobustness fgsm = summary.of(FGSM).orElseThrow();
    AttackRobustness.AtEpsilon at = fgsm.accuracies().get(0);
    assertThat(at.accuracy().ofAll()).isEqualTo(of(5, 10));
    assertThat(at.accuracy().ofRight()).isEqualTo(of(5, 8));
    assertThat(at.fooled()).isEqualTo(of(3, 8));
    assertThat(at.rounded()).isEqualTo(of(2, 8));
    assertThat(fgsm.cost()).isEqualTo(new AttackRobustness.MeanCost(1, 3));
    assertThat(fgsm.seconds()).isEqualTo(4);
    assertThat(fgsm.failures()).isEqualTo(5);
    assertThat(summary.signs())
        .extracting(GradientMaskingSign::toString)
        .containsExactly(
            "the gradient of the loss is exactly zero at 5 of 5 images that withstood every"
                + " attack");
  }

  @Test
  void readsRobustAccuracyOffTheNearestChanges() {
    List<Outcome> near = outcomes(Double.NaN, Set.of(0, 1, 2, 3, 4, 5), Set.of(), 0.05, 3);
    List<Outcome> mixed = new ArrayList<>(near.subList(0, 2));
    mixed.addAll(outcomes(Double.NaN, Set.of(2, 3, 4, 5), Set.of(), 0.2, 3).subList(2, 8));
    store.addOutcomes(DEEP_FOOL, mixed);
    AttackRobustness nearest = summary(DEEP_FOOL).of(DEEP_FOOL).orElseThrow();
    assertThat(nearest.accuracies().get(0).accuracy().ofAll()).isEqualTo(of(6, 10));
    NormStatistics sizes = nearest.smallest().orElseThrow();
    // 0.05 twice, 0.2 four times, none twice
    assertThat(sizes.found()).isEqualTo(of(6, 8));
    assertThat(sizes.lower()).isEqualTo(0.1625, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(sizes.median()).isEqualTo(0.2);
    assertThat(sizes.upper()).isInfinite();
  }

  @Test
  void takesAllAttacksTogetherImageByImage() {
    store.addOutcomes(FGSM, outcomes(0.1, Set.of(0, 1), Set.of(), 0.1, 1));
    store.addOutcomes(PGD, outcomes(0.1, Set.of(1, 2), Set.of(), 0.1, 40));
    store.addOutcomes(DEEP_FOOL, outcomes(Double.NaN, Set.of(7), Set.of(), 0.09, 3));
    store.addOutcomes(BLACK_BOX, outcomes(Double.NaN, Set.of(6), Set.of(), 0.11, 0));
    RobustnessSummary summary = summary(FGSM, PGD, DEEP_FOOL, BLACK_BOX);
    assertThat(summary.together())
        .containsExactly(new RobustnessSummary.Together(0.1, of(4, 10), of(4, 8)));
  }

  @Test
  void suspectsAttacksThatWeakerOnesBeat() {
    store.addOutcomes(FGSM, outcomes(0.1, Set.of(0, 1, 2, 3), Set.of(), 0.1, 1));
    store.addOutcomes(PGD, outcomes(0.1, Set.of(0, 1), Set.of(), 0.1, 40));
    store.addOutcomes(DEEP_FOOL, outcomes(Double.NaN, Set.of(0, 1, 2, 3, 4), Set.of(), 0.2, 3));
    store.addOutcomes(BLACK_BOX, outcomes(Double.NaN, Set.of(2, 3, 4, 5, 6, 7), Set.of(), 0.08, 0));
    assertThat(summary(FGSM, PGD, DEEP_FOOL, BLACK_BOX).signs())
        .extracting(GradientMaskingSign::toString)
        .contains(
            "4 images fall within epsilon 0.1 only to attacks that use no gradient",
            "fgsm: one gradient step fools 2 images more at epsilon 0.1 than pgd with many",
            "hop-skip-jump: without a gradient it finds perturbations of median norm 0.08000, the"
                + " best attack with gradients, deep-fool, of 0.2000");
  }

  @Test
  void suspectsNothingWhereStrongerAttacksFindMore() {
    Set<Integer> all = Set.of(0, 1, 2, 3, 4, 5, 6, 7);
    store.addOutcomes(FGSM, outcomes(0.1, Set.of(0, 1), Set.of(), 0.1, 1));
    store.addOutcomes(PGD, outcomes(0.1, all, all, 0.1, 40));
    store.addOutcomes(DEEP_FOOL, outcomes(Double.NaN, all, all, 0.02, 3));
    store.addOutcomes(BLACK_BOX, outcomes(Double.NaN, all, all, 0.08, 0));
    assertThat(summary(PGD, DEEP_FOOL, BLACK_BOX).signs()).isEmpty();
  }
}
