package io.adversight.lab.panel;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attack;
import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.Diagnosis;
import io.adversight.attack.Norm;
import io.adversight.attack.Problem;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.image.Raster;
import io.adversight.lab.shelf.Recent;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Prediction;
import io.adversight.model.Trace;
import io.adversight.run.Counter;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Attacks as a slider needs them: what does not depend on epsilon is computed once, the changed
 * picture is classified in one pass, which serves a heat map too, and a situation that was met
 * lately is remembered.
 */
public final class LiveAttacks {
  private static final long FLOATS = Math.min(16L << 20, Runtime.getRuntime().maxMemory() / 128);

  private final Recent<Key, Found> known =
      new Recent<>(
          FLOATS,
          Duration.ofMinutes(10),
          found -> {
            Raster changed = found.adversarial().changed();
            return 2L * changed.channels() * changed.height() * changed.width();
          });

  private record Key(
      Subject subject,
      Attack attack,
      Norm norm,
      double epsilon,
      int label,
      OptionalInt target,
      long seed) {
    static Key of(Situation s) {
      return new Key(
          s.subject(), s.attack(), s.norm(), s.epsilon(), s.label(), s.target(), s.seed());
    }
  }

  /** The changed picture of a situation, remembered or computed. */
  public Found find(Situation situation, AtomicBoolean cancel) {
    return known.get(Key.of(situation), () -> attack(situation, Optional.empty(), cancel));
  }

  /** The changed picture of a situation, and a heat map of it from the same pass. */
  public Found attack(Situation situation, Optional<Overlaid> overlay, AtomicBoolean cancel) {
    long start = System.nanoTime();
    Subject subject = situation.subject();
    boolean knownSlope = subject.knowsSlopes();
    try (Scope scope = Scope.open()) {
      Problem problem = subject.problem(situation.label(), situation.target());
      Run run = run(situation, cancel);
      Tensor changed =
          Attacks.changed(situation.attack(), problem, situation.norm(), situation.epsilon(), run);
      subject.learn(problem);
      run.checkCancelled();
      Classifier classifier = situation.classifier();
      Tensor logits;
      Optional<Heatmap> heatmap = Optional.empty();
      if (overlay.isPresent()) {
        Overlaid wish = overlay.get();
        Trace trace = classifier.trace(changed, wish.method().gradientsAt(classifier));
        logits = trace.logits();
        Objective objective = new Objective.Logit(List.of(wish.explained()));
        heatmap = Optional.of(Attributions.heatmaps(wish.method(), trace, objective, run).get(0));
      } else {
        logits = classifier.logits(changed);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      Adversarial adversarial = judged(situation, problem, changed, logits, run, seconds);
      return new Found(adversarial, heatmap, knownSlope && run.counter(0).backwards() == 0);
    }
  }

  /** Looks at the pictures of an attack while it works. */
  @FunctionalInterface
  public interface Watcher {
    /** The picture after a step, made when it is wanted, and the loss there. */
    void step(Supplier<Raster> picture, double loss);
  }

  /** The changed picture of a situation, computed while somebody watches. */
  public Raster watched(Situation situation, AtomicBoolean cancel, Watcher watcher) {
    try (Scope scope = Scope.open()) {
      Problem problem = situation.problem();
      int[] size = {problem.pixels().rank()};
      Run run =
          run(situation, cancel)
              .with(
                  (Tensor images, Tensor loss) -> {
                    if (images.rank() == size[0]) {
                      double value =
                          loss.elements() == 1 ? loss.reshape(1).toDoubles()[0] : Double.NaN;
                      watcher.step(() -> Batches.rasters(images.narrow(0, 0, 1)).get(0), value);
                    }
                  });
      Tensor changed =
          Attacks.changed(situation.attack(), problem, situation.norm(), situation.epsilon(), run);
      return Batches.rasters(changed).get(0);
    }
  }

  private static Run run(Situation situation, AtomicBoolean cancel) {
    return situation.run().with(cancel);
  }

  private static Adversarial judged(
      Situation situation,
      Problem problem,
      Tensor changed,
      Tensor logits,
      Run run,
      double seconds) {
    Raster original = situation.subject().view();
    Raster image = Batches.rasters(changed).get(0);
    Counter counter = run.counter(0);
    return new Adversarial(
        0,
        situation.label(),
        situation.isBounded() ? situation.epsilon() : Double.NaN,
        original,
        image,
        situation.subject().prediction(),
        Prediction.of(logits).get(0),
        problem.reached(logits)[0],
        Optional.empty(),
        false,
        Adversarial.Norms.between(original, image),
        new Adversarial.Cost(
            counter.iterations(), counter.forwards(), counter.backwards(), seconds),
        List.of());
  }

  /** Why an attack that did not reach its goal may have failed. */
  public List<String> findings(Situation situation, AtomicBoolean cancel) {
    try (Scope scope = Scope.open()) {
      Problem problem = situation.subject().problem(situation.label(), situation.target());
      List<Diagnosis> diagnoses =
          Attacks.diagnose(
                  situation.attack(),
                  problem,
                  situation.norm(),
                  situation.epsilon(),
                  run(situation, cancel))
              .get(0);
      situation.subject().learn(problem);
      Stream<String> cautions =
          situation.attack() instanceof BoundedAttack bounded
              ? bounded.caution().stream()
              : Stream.empty();
      return Stream.concat(cautions, diagnoses.stream().map(Diagnosis::explanation)).toList();
    }
  }

  /** The number of situations remembered. */
  public int size() {
    return known.size();
  }

  /** Evicts idle entries. */
  public void expire() {
    known.expire();
  }

  /** Remembers what was found on the way to something else. */
  void remember(Situation situation, Found found) {
    known.put(Key.of(situation), new Found(found.adversarial(), Optional.empty(), true));
  }
}
