package io.adversight.lab.panel;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attack;
import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.Diagnosis;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.image.Raster;
import io.adversight.lab.store.Cache;
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
 * image is classified in one pass, which serves a heat map too, and recent results are cached.
 */
public final class LiveAttacks {
  private static final long FLOATS = Math.min(16L << 20, Runtime.getRuntime().maxMemory() / 128);

  private final Cache<Key, AttackResult> known =
      new Cache<>(
          FLOATS,
          Duration.ofMinutes(10),
          found -> {
            Raster changed = found.adversarial().changed();
            return 2L * changed.channels() * changed.height() * changed.width();
          });

  private record Key(
      Subject subject,
      Subject attacked,
      Attack attack,
      Norm norm,
      double epsilon,
      int label,
      OptionalInt target,
      long seed) {
    static Key of(PanelRequest s) {
      return new Key(
          s.subject(),
          s.attacked(),
          s.attack(),
          s.norm(),
          s.epsilon(),
          s.label(),
          s.target(),
          s.seed());
    }
  }

  /** The adversarial image of a request, cached or computed. */
  public AttackResult find(PanelRequest request, AtomicBoolean cancel) {
    return known.get(Key.of(request), () -> attack(request, Optional.empty(), cancel));
  }

  /** The adversarial image of a request, and a heat map of it from the same pass. */
  public AttackResult attack(
      PanelRequest request, Optional<RequestedMap> overlay, AtomicBoolean cancel) {
    long start = System.nanoTime();
    Subject attacked = request.attacked();
    boolean cachedGradient = attacked.hasCachedGradients();
    try (Scope scope = Scope.open()) {
      Problem problem = request.problem();
      Run run = run(request, cancel);
      Tensor changed =
          Attacks.changed(request.attack(), problem, request.norm(), request.epsilon(), run);
      attacked.learn(problem);
      run.checkCancelled();
      Classifier classifier = request.classifier();
      Tensor logits;
      Optional<Heatmap> heatmap = Optional.empty();
      if (overlay.isPresent()) {
        RequestedMap requested = overlay.get();
        Trace trace = classifier.trace(changed, requested.method().gradientsAt(classifier));
        logits = trace.logits();
        Objective objective = new Objective.Logit(List.of(requested.explained()));
        heatmap =
            Optional.of(Attributions.heatmaps(requested.method(), trace, objective, run).get(0));
      } else {
        logits = classifier.logits(changed);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      Adversarial adversarial = evaluated(request, problem, changed, logits, run, seconds);
      return new AttackResult(
          adversarial, heatmap, cachedGradient && run.counter(0).backwards() == 0);
    }
  }

  /** Observes the iterates of an attack while it runs. */
  @FunctionalInterface
  public interface Watcher {
    /** The image after a step, made on access, and its loss. */
    void step(Supplier<Raster> image, double loss);
  }

  /** The adversarial image of a request, computed with a watcher of its iterates. */
  public Raster watched(PanelRequest request, AtomicBoolean cancel, Watcher watcher) {
    try (Scope scope = Scope.open()) {
      Problem problem = request.problem();
      int[] size = {problem.pixels().rank()};
      Run run =
          run(request, cancel)
              .with(
                  (Tensor images, Tensor loss) -> {
                    if (images.rank() == size[0]) {
                      double value =
                          loss.elements() == 1 ? loss.reshape(1).toDoubles()[0] : Double.NaN;
                      watcher.step(() -> Batches.rasters(images.narrow(0, 0, 1)).get(0), value);
                    }
                  });
      Tensor changed =
          Attacks.changed(request.attack(), problem, request.norm(), request.epsilon(), run);
      return Batches.rasters(changed).get(0);
    }
  }

  private static Run run(PanelRequest request, AtomicBoolean cancel) {
    return request.run().with(cancel);
  }

  private static Adversarial evaluated(
      PanelRequest request,
      Problem problem,
      Tensor changed,
      Tensor logits,
      Run run,
      double seconds) {
    Raster original = request.subject().view();
    Raster image = Batches.rasters(changed).get(0);
    Counter counter = run.counter(0);
    return new Adversarial(
        0,
        request.label(),
        request.isBounded() ? request.epsilon() : Double.NaN,
        original,
        image,
        request.subject().prediction(),
        Prediction.of(logits).get(0),
        problem.reached(logits)[0],
        Optional.empty(),
        false,
        Adversarial.Norms.between(original, image),
        new Adversarial.Cost(
            counter.iterations(), counter.forwards(), counter.backwards(), seconds),
        List.of());
  }

  /** Possible reasons why an attack failed. */
  public List<String> findings(PanelRequest request, AtomicBoolean cancel) {
    try (Scope scope = Scope.open()) {
      Problem problem = request.problem();
      List<Diagnosis> diagnoses =
          Attacks.diagnose(
                  request.attack(),
                  problem,
                  request.norm(),
                  request.epsilon(),
                  run(request, cancel))
              .get(0);
      request.attacked().learn(problem);
      Stream<String> cautions =
          request.attack() instanceof BoundedAttack bounded
              ? bounded.caution().stream()
              : Stream.empty();
      return Stream.concat(cautions, diagnoses.stream().map(Diagnosis::explanation)).toList();
    }
  }

  /** The number of cached results. */
  public int size() {
    return known.size();
  }

  /** Evicts idle entries. */
  public void expire() {
    known.expire();
  }

  /** Caches a result that was computed as part of another request. */
  void remember(PanelRequest request, AttackResult found) {
    known.put(Key.of(request), new AttackResult(found.adversarial(), Optional.empty(), true));
  }
}
