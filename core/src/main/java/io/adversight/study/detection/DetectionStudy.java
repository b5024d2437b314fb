package io.adversight.study.detection;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.catalog.Kind;
import io.adversight.describe.Check;
import io.adversight.evaluation.detection.DetectorEvasion;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.study.image.InputImage;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Scores held-out clean images and what attacks make of them. An image is adversarial if its
 * prediction is another one than before.
 */
public final class DetectionStudy {
  /**
   * What is done with every image.
   *
   * @param attacks inside a ball, which do not know the detectors
   * @param evaded names of the detectors that {@link DetectorEvasion} knows and evades
   * @param evasionSteps its gradient steps
   * @param norm of all attacks
   * @param epsilons sizes of the ball, in units of pixels in [0, 1]
   * @param seed of all randomness
   */
  public record Spec(
      List<Algorithm> attacks,
      List<String> evaded,
      int evasionSteps,
      Norm norm,
      List<Double> epsilons,
      long seed) {
    /** Copies the lists and checks the ranges. */
    public Spec {
      attacks = List.copyOf(attacks);
      evaded = List.copyOf(evaded);
      epsilons = List.copyOf(epsilons);
      Check.atLeast(1, evasionSteps, "evasionSteps");
      epsilons.forEach(epsilon -> Epsilon.check(norm, epsilon));
      if (epsilons.isEmpty() || (attacks.isEmpty() && evaded.isEmpty())) {
        throw new InputException(
            "an evaluation needs at least one attack and one epsilon, such as pgd and 8/255");
      }
    }
  }

  /**
   * An image and its scores.
   *
   * @param attack that made it; empty for the clean one
   * @param epsilon of the attack; 0 for the clean one
   * @param adversarial whether its prediction changed
   * @param predicted the class it is taken for
   * @param scores by algorithm
   */
  public record Scored(
      String attack,
      double epsilon,
      boolean adversarial,
      int predicted,
      Map<Algorithm, Double> scores) {}

  /** All that was found about one image: the clean one first. */
  public record Result(InputImage image, List<Scored> scored) {
    /** Copies the list. */
    public Result {
      scored = List.copyOf(scored);
    }
  }

  private final Spec spec;
  private final Classifier classifier;
  private final ImageScores scores;
  private final Map<String, BoundedAttack> attacks = new LinkedHashMap<>();

  private BoundedAttack bounded(Algorithm attack) {
    attack.entry(Kind.BOUNDED_ATTACK);
    return (BoundedAttack) attack.attack(spec.norm(), classifier.card().classes(), false);
  }

  /**
   * An evaluation of detectors.
   *
   * @throws java.util.NoSuchElementException for an unknown attack or detector
   */
  public DetectionStudy(Spec spec, DetectorSet detectors, Classifier classifier) {
    this.spec = spec;
    this.classifier = classifier;
    this.scores = new ImageScores(classifier, detectors.scores());
    for (Algorithm attack : spec.attacks()) {
      attacks.put(attack.toString(), bounded(attack));
    }
    DetectorEvasion usual = new DetectorEvasion();
    for (String name : spec.evaded()) {
      attacks.put(
          evasion(name),
          new DetectorEvasion(
              detectors.detector(name).score(),
              spec.evasionSteps(),
              usual.relativeStep(),
              usual.judged()));
    }
  }

  /** What the attack that evades a detector is called. */
  public static String evasion(String detector) {
    return "evasion of " + detector;
  }

  /** Attacks and scores some images. */
  public List<Result> run(List<InputImage> images, AtomicBoolean cancel) {
    List<Raster> clean = images.stream().map(InputImage::view).toList();
    Run run = Run.of(new Rng(spec.seed()), clean).with(cancel);
    run.checkCancelled();
    List<List<Scored>> rows = new ArrayList<>();
    images.forEach(image -> rows.add(new ArrayList<>()));
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(clean).to(classifier.device());
      List<Integer> labels = classifier.predict(pixels).stream().map(Prediction::top).toList();
      List<Map<Algorithm, Double>> own = scores.of(clean, clean, run);
      for (int i = 0; i < labels.size(); i++) {
        rows.get(i).add(new Scored("", 0, false, labels.get(i), own.get(i)));
      }
      for (Map.Entry<String, BoundedAttack> attack : attacks.entrySet()) {
        attack(
            attack.getKey(), attack.getValue(), Problem.of(classifier, pixels, labels), run, rows);
      }
    }
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      results.add(new Result(images.get(i), rows.get(i)));
    }
    return results;
  }

  private void attack(
      String name, BoundedAttack attack, Problem problem, Run run, List<List<Scored>> rows) {
    Attacks.Settings settings = Attacks.Settings.of(Attacks.Rounding.SKIP);
    List<Adversarial> all =
        Attacks.run(attack, problem, spec.norm(), spec.epsilons(), settings, run, done -> {});
    int images = rows.size();
    for (int from = 0; from < all.size(); from += images) {
      List<Adversarial> some = all.subList(from, from + images);
      List<Map<Algorithm, Double>> values =
          scores.of(
              some.stream().map(Adversarial::changed).toList(),
              some.stream().map(Adversarial::original).toList(),
              run);
      for (int i = 0; i < images; i++) {
        Adversarial one = some.get(i);
        rows.get(i)
            .add(new Scored(name, one.epsilon(), one.success(), one.after().top(), values.get(i)));
      }
    }
  }
}
