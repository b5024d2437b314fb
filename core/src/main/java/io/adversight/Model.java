package io.adversight;

import io.adversight.attack.Attack;
import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.MinimalAttack;
import io.adversight.attack.Outcome;
import io.adversight.attack.RobustAccuracy;
import io.adversight.attack.TransformAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.data.DataSet;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.study.image.LabelledImages;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.FeatureVisualization;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An image classifier: predicts, is attacked and explained. Images of any size are resized and
 * cropped to the network's input size as its card says; images of that size are not changed. All
 * randomness has seed 0, so that results are reproducible. Thread-safe.
 *
 * <pre>{@code
 * try (Model model = Adversight.open("digits")) {
 *   System.out.println(model.predict(image).top(3));
 * }
 * }</pre>
 */
public final class Model implements AutoCloseable {
  private static final int BATCH = 32;

  private volatile @Nullable Classifier classifier;
  private final String name;

  private Model(Classifier classifier) {
    this.classifier = classifier;
    this.name = classifier.card().name();
  }

  /** A model of any classifier, such as a network that was trained in this process. */
  public static Model of(Classifier classifier) {
    return new Model(classifier);
  }

  /**
   * The classifier beneath, for the full API.
   *
   * @throws IllegalStateException if this model is closed
   */
  public Classifier classifier() {
    Classifier open = classifier;
    if (open == null) {
      throw new IllegalStateException("the model %s is closed".formatted(name));
    }
    return open;
  }

  /** The names of the classes, by number. */
  public List<String> classNames() {
    return classifier().labels().names();
  }

  /** The names of the layers that can be explained or visualized, in order. */
  public List<String> layers() {
    return classifier().layers().stream().map(layer -> layer.name()).toList();
  }

  /** An image at the network's input size and in its channels. */
  public Image view(Image image) {
    return new Image(NetworkView.of(image.raster(), classifier().card()));
  }

  /** The classes of an image with their probabilities. */
  public Prediction predict(Image image) {
    return predict(List.of(image)).get(0);
  }

  /** The predictions of several images, of any sizes, in their order. */
  public List<Prediction> predict(List<Image> images) {
    Classifier open = classifier();
    List<Prediction> predictions = new ArrayList<>();
    for (int first = 0; first < images.size(); first += BATCH) {
      try (Scope scope = Scope.open()) {
        open.predict(pixels(part(images, first)))
            .forEach(one -> predictions.add(new Prediction(one, open.labels())));
      }
    }
    return predictions;
  }

  /**
   * Attacks an image within the Linf ball, without a target class.
   *
   * @param epsilon the largest change of a pixel in [0, 1], such as {@code 8 / 255.0}
   * @throws InputException if epsilon is outside [0, 1], or the attack does not know the norm LINF
   */
  public Adversarial attack(BoundedAttack attack, Image image, double epsilon) {
    return attack(attack, image, new Ball(Norm.LINF, epsilon));
  }

  /**
   * Attacks an image within a ball of any norm, without a target class.
   *
   * @param ball such as {@code new Ball(Norm.L2, 0.5)}, pixels in [0, 1]
   * @throws InputException if the attack does not know the norm
   */
  public Adversarial attack(BoundedAttack attack, Image image, Ball ball) {
    return attack(attack, List.of(image), ball).get(0);
  }

  /**
   * Attacks several images as one batch, which is faster than one after the other.
   *
   * @return one result per image, in their order
   * @throws InputException if the attack does not know the norm
   */
  public List<Adversarial> attack(BoundedAttack attack, List<Image> images, Ball ball) {
    return attack(attack, images, ball.norm(), List.of(ball.epsilon()), OptionalInt.empty());
  }

  /**
   * Attacks an image within a ball, towards a target class.
   *
   * @param target name or number of a class that is not the predicted one
   * @throws NoSuchElementException if no class has that name; the message lists those near
   * @throws InputException if the image is of that class already
   */
  public Adversarial attack(BoundedAttack attack, Image image, Ball ball, String target) {
    OptionalInt wanted = OptionalInt.of(classifier().labels().index(target));
    return attack(attack, List.of(image), ball.norm(), List.of(ball.epsilon()), wanted).get(0);
  }

  /**
   * Attacks an image by the smallest perturbation, without a target class.
   *
   * @param norm in which the distance is measured
   * @throws InputException if the attack does not know the norm
   */
  public Adversarial attack(MinimalAttack attack, Image image, Norm norm) {
    return attack(attack, List.of(image), norm, List.of(), OptionalInt.empty()).get(0);
  }

  /** Attacks an image by the weakest transformation that changes its class. */
  public Adversarial attack(TransformAttack attack, Image image) {
    return attack(attack, List.of(image), Norm.LINF, List.of(), OptionalInt.empty()).get(0);
  }

  private List<Adversarial> attack(
      Attack attack, List<Image> images, Norm norm, List<Double> epsilons, OptionalInt target) {
    Classifier open = classifier();
    List<Adversarial> all = new ArrayList<>();
    for (int first = 0; first < images.size(); first += BATCH) {
      try (Scope scope = Scope.open()) {
        List<Image> part = part(images, first);
        Tensor pixels = pixels(part);
        List<Integer> labels = open.predict(pixels).stream().map(one -> one.top()).toList();
        Problem problem = Problem.of(open, pixels, labels);
        if (target.isPresent()) {
          List<Integer> targets = Collections.nCopies(part.size(), target.getAsInt());
          problem = problem.with(new Goal.MisclassifyAs(targets));
        }
        Attacks.runAny(attack, problem, norm, epsilons, settings(), run(first, part.size()))
            .forEach(one -> all.add(new Adversarial(one, open.labels())));
      }
    }
    return all;
  }

  private static Attacks.Settings settings() {
    return Attacks.Settings.of(Attacks.Rounding.CHECK).explained();
  }

  /**
   * The robust accuracy under an attack, with its confidence interval.
   *
   * @param data labelled images, such as {@code Adversight.data("cifar10").take(100)}
   * @param ball such as {@code new Ball(Norm.LINF, 8 / 255.0)}, pixels in [0, 1]
   * @throws InputException if an image has no class, or one that the network lacks
   */
  public RobustAccuracy robustAccuracy(BoundedAttack attack, DataSet data, Ball ball) {
    LabelledImages labelled = LabelledImages.of(classifier(), data);
    Attacks.Settings settings = Attacks.Settings.of(Attacks.Rounding.SKIP).skippingReached();
    List<Double> epsilons = List.of(ball.epsilon());
    List<Outcome> outcomes = new ArrayList<>();
    for (int first = 0; first < labelled.size(); first += BATCH) {
      int[] images = IntStream.range(first, Math.min(labelled.size(), first + BATCH)).toArray();
      try (Scope scope = Scope.open()) {
        Problem problem =
            Problem.of(labelled.classifier(), labelled.batch(images), labelled.labels(images));
        Run run = run(first, images.length);
        Attacks.runAny(attack, problem.withEarlyStopping(), ball.norm(), epsilons, settings, run)
            .forEach(result -> outcomes.add(Outcome.of(result)));
      }
    }
    return RobustAccuracy.ofOutcomes(outcomes);
  }

  /** Explains the predicted class of an image. */
  public Heatmap explain(Attribution method, Image image) {
    return explain(method, List.of(image)).get(0);
  }

  /** Explains the predicted class of each of several images, in their order. */
  public List<Heatmap> explain(Attribution method, List<Image> images) {
    return explain(method, images, OptionalInt.empty());
  }

  /**
   * Explains a chosen class of an image.
   *
   * @param label name or number of the class
   * @throws NoSuchElementException if no class has that name; the message lists those near
   */
  public Heatmap explain(Attribution method, Image image, String label) {
    OptionalInt wanted = OptionalInt.of(classifier().labels().index(label));
    return explain(method, List.of(image), wanted).get(0);
  }

  private List<Heatmap> explain(Attribution method, List<Image> images, OptionalInt label) {
    Classifier open = classifier();
    List<Heatmap> maps = new ArrayList<>();
    for (int first = 0; first < images.size(); first += BATCH) {
      try (Scope scope = Scope.open()) {
        List<Image> part = part(images, first);
        Trace trace = open.trace(pixels(part), method.gradientsAt(open));
        List<Prediction> predictions =
            io.adversight.model.Prediction.of(trace.logits(), open.card()).stream()
                .map(one -> new Prediction(one, open.labels()))
                .toList();
        List<Integer> classes =
            predictions.stream().map(one -> label.orElse(one.top().index())).toList();
        List<io.adversight.attribution.Heatmap> found =
            Attributions.heatmaps(
                method, trace, new Objective.Logit(classes), run(first, part.size()));
        for (int i = 0; i < part.size(); i++) {
          Prediction.Score explained = predictions.get(i).of(classes.get(i));
          maps.add(new Heatmap(part.get(i), explained, found.get(i)));
        }
      }
    }
    return maps;
  }

  /**
   * An image that a channel of a layer responds to strongly, made in a few seconds.
   *
   * @param layer one of {@link #layers}
   * @param channel from 0
   * @throws NoSuchElementException if there is no such layer; the message lists those there are
   * @throws InputException if there is no such channel; the message says the range
   */
  public Image visualize(String layer, int channel) {
    return new Image(
        FeatureVisualization.quickLook(classifier(), layer, channel, Run.of(1)).image());
  }

  /** Some of the images from number {@code first} on, as the network sees them. */
  private List<Image> part(List<Image> images, int first) {
    return images.subList(first, Math.min(images.size(), first + BATCH)).stream()
        .map(this::view)
        .toList();
  }

  private Tensor pixels(List<Image> views) {
    return Batches.of(views.stream().map(Image::raster).toList()).to(classifier().device());
  }

  private static Run run(int first, int count) {
    return Run.of(new Rng(0), first, count);
  }

  /**
   * Ends the use of this model; every other method then throws {@link IllegalStateException}. The
   * network's memory is freed once no classifier handed out refers to it.
   */
  @Override
  public void close() {
    if (classifier instanceof GraphClassifier network) {
      network.close();
    }
    classifier = null;
  }

  @Override
  public String toString() {
    return Optional.ofNullable(classifier).isPresent() ? name : name + " (closed)";
  }
}
