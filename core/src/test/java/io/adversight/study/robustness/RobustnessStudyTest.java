package io.adversight.study.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.attack.AttackNetworks;
import io.adversight.attack.Outcome;
import io.adversight.attack.WatchedClassifier;
import io.adversight.attack.problem.Norm;
import io.adversight.study.Algorithm;
import io.adversight.study.FormulaImages;
import io.adversight.study.MemoryStore;
import io.adversight.study.image.LabelledImages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RobustnessStudyTest {
  private static final Algorithm AUTO_ATTACK =
      new Algorithm("auto-attack", Map.of("steps", "6", "targets", "2", "queries", "20"));
  private static final List<Algorithm> ATTACKS =
      List.of(Algorithm.of("fgsm"), Algorithm.of("deep-fool"), AUTO_ATTACK);

  private static RobustnessSpec spec(List<Algorithm> attacks, int batch, double... epsilons) {
    return new RobustnessSpec(
        attacks,
        Norm.LINF,
        java.util.Arrays.stream(epsilons).boxed().toList(),
        0,
        batch,
        EnumSet.allOf(RobustnessSpec.Option.class));
  }

  private static WatchedClassifier network(int largestBatch) {
    return new WatchedClassifier(AttackNetworks.f8(), largestBatch);
  }

  private static void run(RobustnessSpec spec, WatchedClassifier network, RobustnessStore store) {
    new RobustnessStudy(spec, FormulaImages.of(network, 7))
        .run(store, new Silent(), new AtomicBoolean());
  }

  private static final class Silent implements RobustnessStudy.Listener {
    @Override
    public void progress(Algorithm attack, long done, long total) {
      assertThat(done).isBetween(0L, total);
    }

    @Override
    public void finished(Algorithm attack) {}
  }

  /** What does not depend on the clock, by image and epsilon. */
  private static List<String> outcomes(RobustnessStore store, Algorithm attack) {
    return store.outcomes(attack).stream()
        .sorted(Comparator.comparingInt(Outcome::image).thenComparing(Outcome::epsilon))
        .map(
            o ->
                String.format(
                    Locale.ROOT,
                    "%s %.4f %s %s %.4f %s %s",
                    o.image(),
                    o.epsilon(),
                    o.success(),
                    o.rounded(),
                    o.norms().linf(),
                    o.cost().iterations(),
                    o.cost().backwards()))
        .toList();
  }

  @Test
  void attacksEveryImageThatIsClassifiedRightAtEveryEpsilon() {
    MemoryStore store = new MemoryStore();
    run(spec(ATTACKS, 4, 0.01, 0.02), network(100), store);
    assertThat(store.clean()).hasSize(7);
    assertThat(store.outcomes(ATTACKS.get(0)))
        .extracting(Outcome::image, Outcome::epsilon)
        .hasSize(12)
        .doesNotHaveDuplicates()
        .allMatch(pair -> (int) pair.toList().get(0) < 6);
    assertThat(store.outcomes(ATTACKS.get(1))).hasSize(6).allMatch(o -> Double.isNaN(o.epsilon()));
  }

  @Test
  void losesNothingAndDoesNothingTwiceWhereverItBreaks() {
    RobustnessSpec spec = spec(ATTACKS, 3, 0.01, 0.03);
    MemoryStore whole = new MemoryStore();
    run(spec, network(100), whole);
    int breaks = 0;
    for (int writes = 0; ; writes++) {
      MemoryStore store = new MemoryStore();
      store.breakAfter(writes);
      try {
        run(spec, network(100), store);
        break;
      } catch (CancellationException e) {
        breaks++;
      }
      store.breakAfter(Integer.MAX_VALUE);
      run(spec, network(100), store);
      for (Algorithm attack : ATTACKS) {
        assertThat(outcomes(store, attack)).isEqualTo(outcomes(whole, attack));
      }
    }
    assertThat(breaks).isGreaterThan(15);
  }

  @Test
  void measuresAgainNothingThatIsKnown() {
    RobustnessSpec spec = spec(ATTACKS, 4, 0.02);
    MemoryStore store = new MemoryStore();
    run(spec, network(100), store);
    WatchedClassifier watched = network(100);
    run(spec, watched, store);
    assertThat(watched.batches()).isEmpty();
  }

  @Test
  void addsEpsilonsToWhatIsKnown() {
    List<Algorithm> fgsm = List.of(Algorithm.of("fgsm"));
    MemoryStore grown = new MemoryStore();
    run(spec(fgsm, 4, 0.01), network(100), grown);
    run(spec(fgsm, 4, 0.01, 0.03), network(100), grown);
    MemoryStore whole = new MemoryStore();
    run(spec(fgsm, 4, 0.01, 0.03), network(100), whole);
    assertThat(grown.outcomes(fgsm.get(0))).hasSize(12);
    assertThat(grown.outcomes(fgsm.get(0)).stream().filter(Outcome::success).count())
        .isEqualTo(whole.outcomes(fgsm.get(0)).stream().filter(Outcome::success).count());
  }

  @Test
  void cutsTheBatchWhenMemoryIsShort() {
    RobustnessSpec spec = spec(List.of(Algorithm.of("pgd"), AUTO_ATTACK), 6, 0.02);
    MemoryStore ample = new MemoryStore();
    run(spec, network(100), ample);
    MemoryStore scarce = new MemoryStore();
    WatchedClassifier small = network(2);
    run(spec, small, scarce);
    assertThat(small.batches()).allMatch(size -> size <= 2);
    List<String> classes = new ArrayList<>();
    for (MemoryStore store : List.of(ample, scarce)) {
      for (Algorithm attack : spec.attacks()) {
        classes.add(
            store.outcomes(attack).stream()
                .sorted(Comparator.comparingInt(Outcome::image))
                .map(o -> o.image() + " " + o.success())
                .toList()
                .toString());
      }
    }
    assertThat(classes.subList(2, 4)).isEqualTo(classes.subList(0, 2));
  }

  @Test
  void stopsWhenThatIsWished() {
    RobustnessStudy study =
        new RobustnessStudy(spec(ATTACKS, 4, 0.02), FormulaImages.of(network(100), 7));
    assertThatThrownBy(() -> study.run(new MemoryStore(), new Silent(), new AtomicBoolean(true)))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void refusesWhatItCannotMeasureBeforeAnyWork() {
    LabelledImages images = FormulaImages.of(network(100), 3);
    List<Algorithm> inL2 = List.of(Algorithm.of("carlini-wagner"));
    assertThatThrownBy(() -> new RobustnessStudy(spec(inL2, 4, 0.02), images))
        .hasMessage("carlini-wagner does not know the norm LINF; it knows [L2] (--norm L2)");
    List<Algorithm> fgsm = List.of(Algorithm.of("fgsm"));
    assertThatThrownBy(() -> new RobustnessStudy(spec(fgsm, 4), images))
        .hasMessage("fgsm needs an epsilon, such as 8/255");
    assertThatThrownBy(() -> spec(fgsm, 4, 8)).hasMessageContaining("did you mean 8/255?");
    assertThatThrownBy(() -> spec(List.of(fgsm.get(0), fgsm.get(0)), 4, 0.1))
        .hasMessageContaining("named once only");
  }
}
