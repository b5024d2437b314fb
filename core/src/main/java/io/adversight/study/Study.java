package io.adversight.study;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attack;
import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.Trajectory;
import io.adversight.attack.composite.EpsilonBisection;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Problem;
import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.attribution.inherent.PrototypeMatch;
import io.adversight.describe.Check;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Prediction;
import io.adversight.run.Progress;
import io.adversight.run.Run;
import io.adversight.study.AttackSpec.Option;
import io.adversight.study.image.InputImage;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Attacks and explains images according to a specification: every attack at every epsilon, and
 * every explanation method before and after each attack.
 *
 * <pre>{@code
 * List<ImageResult> results = new ArrayList<>();
 * new Study(spec, classifier)
 *     .run(images, results::add, Progress.SILENT, new AtomicBoolean());
 * }</pre>
 */
public final class Study {
  private static final int PROTOTYPES_SHOWN = 4;

  private final StudySpec spec;
  private final Classifier classifier;
  private final List<Attribution> methods;
  private final List<Attack> attacks;
  private final int every;

  /**
   * A study of one network.
   *
   * @throws java.util.NoSuchElementException for an unknown algorithm, parameter or layer
   * @throws IllegalArgumentException for a parameter out of range, or a target outside the classes
   */
  public Study(StudySpec spec, Classifier classifier) {
    this(spec, classifier, 0);
  }

  private Study(StudySpec spec, Classifier classifier, int every) {
    this.every = every;
    this.spec = spec;
    this.classifier = classifier;
    this.attacks =
        spec.attacks().stream()
            .map(
                attack ->
                    attack.attack(
                        spec.norm(), classifier.card().classes(), spec.target().isPresent()))
            .<Attack>map(
                attack ->
                    spec.has(Option.SMALLEST) && attack instanceof BoundedAttack bounded
                        ? new EpsilonBisection(bounded, 1, 10)
                        : attack)
            .toList();
    this.methods =
        spec.methods().stream().map(method -> ExplanationMethods.create(method)).toList();
    methods.forEach(method -> method.gradientsAt(classifier));
    spec.target().ifPresent(target -> checkClass(target, "target"));
    spec.explained().ifPresent(index -> checkClass(index, "class"));
    for (int i = 0; i < attacks.size(); i++) {
      if (attacks.get(i) instanceof BoundedAttack && spec.epsilons().isEmpty()) {
        throw new InputException(
            "%s needs an epsilon, such as 8/255".formatted(spec.attacks().get(i).id()));
      }
    }
  }

  private void checkClass(int index, String name) {
    int classes = classifier.card().classes();
    if (index < 0 || index >= classes) {
      throw new InputException(
          "%s %s does not exist; the network has classes 0 to %s"
              .formatted(name, index, classes - 1));
    }
  }

  /**
   * This study, which also records the trajectories of iterative attacks.
   *
   * @param steps between two frames
   */
  public Study recording(int steps) {
    Check.atLeast(1, steps, "steps between frames");
    return new Study(spec, classifier, steps);
  }

  /** Receives the result of every image. */
  @FunctionalInterface
  public interface Sink {
    /** Receives the results of one image. */
    void accept(ImageResult result);

    /**
     * Receives an image without results, and the reason.
     *
     * @throws InputException by default
     */
    default void leaveOut(InputImage image, String reason) {
      throw new InputException("%s: %s".formatted(image.file(), reason));
    }
  }

  /**
   * Studies images in batches and passes each result to {@code sink} as soon as it is complete.
   *
   * @param progress in images
   * @param cancel stops the study at its next step when it becomes true
   * @throws java.util.concurrent.CancellationException once it is cancelled
   */
  public void run(List<InputImage> images, Sink sink, Progress progress, AtomicBoolean cancel) {
    for (int start = 0; start < images.size(); start += spec.batch()) {
      int end = Math.min(images.size(), start + spec.batch());
      List<InputImage> some = images.subList(start, end);
      Run watched = Run.of(0).with(cancel);
      watched.checkCancelled();
      try (Scope scope = Scope.open()) {
        for (ImageResult result : batch(withoutTarget(some, sink), cancel)) {
          watched.checkCancelled();
          sink.accept(result);
        }
      }
      progress.report(end, images.size(), "images");
    }
  }

  /** The images that are not of the target class already; the others are left out. */
  private List<InputImage> withoutTarget(List<InputImage> images, Sink sink) {
    if (spec.target().isEmpty() || attacks.isEmpty()) {
      return images;
    }
    int target = spec.target().getAsInt();
    List<Prediction> predictions =
        classifier.predict(pixels(images.stream().map(InputImage::view).toList()));
    List<InputImage> others = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      if (images.get(i).label().orElse(predictions.get(i).top()) == target) {
        sink.leaveOut(
            images.get(i),
            "it is of the target class %s already".formatted(classifier.labels().name(target)));
      } else {
        others.add(images.get(i));
      }
    }
    return others;
  }

  private List<ImageResult> batch(List<InputImage> images, AtomicBoolean cancel) {
    if (images.isEmpty()) {
      return List.of();
    }
    Tensor pixels = pixels(images.stream().map(InputImage::view).toList());
    Run run = Run.of(new Rng(spec.seed()), pixels).with(cancel);
    List<Prediction> predictions = classifier.predict(pixels);
    List<Integer> labels = new ArrayList<>();
    List<Integer> explained = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      int predicted = predictions.get(i).top();
      labels.add(images.get(i).label().orElse(predicted));
      explained.add(spec.explained().orElse(predicted));
    }
    List<List<Explained>> originals = explain(pixels, explained, run);
    List<List<PrototypeMatch>> prototypes = prototypes(pixels, explained);
    List<List<Attacked>> attacked =
        images.stream().map(image -> (List<Attacked>) new ArrayList<Attacked>()).toList();
    for (int i = 0; i < attacks.size(); i++) {
      for (List<Recorded> row : attack(i, pixels, labels, run)) {
        List<Attacked> results = explained(spec.attacks().get(i), row, explained, run);
        for (int j = 0; j < results.size(); j++) {
          attacked.get(j).add(results.get(j));
        }
      }
    }
    return IntStream.range(0, images.size())
        .mapToObj(
            i ->
                new ImageResult(
                    images.get(i),
                    labels.get(i),
                    predictions.get(i),
                    originals.get(i),
                    prototypes.get(i),
                    attacked.get(i)))
        .toList();
  }

  private Tensor pixels(List<Raster> views) {
    return Batches.of(views).to(classifier.device());
  }

  /** What an attack made of an image, and the way there where it was asked for. */
  private record Recorded(Adversarial result, List<Trajectory.Frame> trajectory) {}

  /** For each epsilon (or once, for a minimal attack), one result per image. */
  private List<List<Recorded>> attack(int index, Tensor pixels, List<Integer> labels, Run run) {
    Problem problem = Problem.of(classifier, pixels, labels);
    problem = spec.has(Option.EARLY_STOP) ? problem.withEarlyStopping() : problem;
    if (spec.target().isPresent()) {
      problem =
          problem.with(
              new Goal.MisclassifyAs(Collections.nCopies(labels.size(), spec.target().getAsInt())));
    }
    Attack attack = attacks.get(index);
    if (every == 0 || !(attack instanceof BoundedAttack)) {
      return recorded(attack, problem, spec.epsilons(), run);
    }
    List<List<Recorded>> rows = new ArrayList<>();
    for (double epsilon : spec.epsilons()) {
      rows.addAll(recorded(attack, problem, List.of(epsilon), run));
    }
    return rows;
  }

  private List<List<Recorded>> recorded(
      Attack attack, Problem problem, List<Double> epsilons, Run run) {
    Attacks.Settings settings =
        Attacks.Settings.of(
                spec.has(Option.ROUNDING) ? Attacks.Rounding.CHECK : Attacks.Rounding.SKIP)
            .explained();
    settings = spec.has(Option.QUANTIZE) ? settings.quantized() : settings;
    int images = problem.size();
    Optional<Trajectory> trajectory =
        every == 0 ? Optional.empty() : Optional.of(Trajectory.of(classifier, images, every));
    Run own = trajectory.map(run::with).orElse(run);
    List<Adversarial> all = Attacks.runAny(attack, problem, spec.norm(), epsilons, settings, own);
    List<List<Recorded>> rows = new ArrayList<>();
    for (int from = 0; from < all.size(); from += images) {
      List<Recorded> row = new ArrayList<>();
      for (int i = 0; i < images; i++) {
        int image = i;
        row.add(
            new Recorded(
                all.get(from + i),
                trajectory.map(frames -> frames.frames(image)).orElse(List.of())));
      }
      rows.add(row);
    }
    return rows;
  }

  private List<Attacked> explained(
      Algorithm attack, List<Recorded> row, List<Integer> explained, Run run) {
    if (methods.isEmpty()) {
      return row.stream()
          .map(
              a ->
                  new Attacked(attack, a.result(), a.trajectory(), List.of(), List.of(), List.of()))
          .toList();
    }
    Tensor changed = pixels(row.stream().map(a -> a.result().changed()).toList());
    List<Integer> after = row.stream().map(a -> a.result().after().top()).toList();
    List<List<Explained>> same = explain(changed, explained, run);
    List<List<Explained>> other =
        after.equals(explained) ? List.of() : explain(changed, after, run);
    List<List<PrototypeMatch>> prototypes = prototypes(changed, after);
    List<Attacked> results = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      boolean differs = !after.get(i).equals(explained.get(i));
      results.add(
          new Attacked(
              attack,
              row.get(i).result(),
              row.get(i).trajectory(),
              same.get(i),
              differs ? other.get(i) : List.of(),
              prototypes.get(i)));
    }
    return results;
  }

  /** For each image, the prototypes that add most to a class; none where there are none. */
  private List<List<PrototypeMatch>> prototypes(Tensor pixels, List<Integer> classes) {
    boolean wanted =
        !methods.isEmpty()
            && classifier instanceof GraphClassifier network
            && !network.prototypes().all().isEmpty();
    return wanted
        ? PrototypeMatch.of(
            classifier.trace(pixels), new Objective.Logit(classes), PROTOTYPES_SHOWN)
        : Collections.nCopies(classes.size(), List.of());
  }

  /** For each image, one explanation per method. */
  private List<List<Explained>> explain(Tensor pixels, List<Integer> classes, Run run) {
    List<List<Heatmap>> byMethod =
        Attributions.run(methods, classifier, pixels, new Objective.Logit(classes), run);
    List<List<Explained>> byImage = new ArrayList<>();
    for (int i = 0; i < classes.size(); i++) {
      List<Explained> explanations = new ArrayList<>();
      for (int m = 0; m < methods.size(); m++) {
        explanations.add(
            new Explained(
                spec.methods().get(m),
                classes.get(i),
                methods.get(m).reduction(),
                byMethod.get(m).get(i)));
      }
      byImage.add(explanations);
    }
    return byImage;
  }
}
