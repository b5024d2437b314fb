package io.adversight.attack;

import io.adversight.graph.BackwardRules;
import io.adversight.model.Activations;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A batch of images to be changed: the network, the images, their labels, the goal and the values
 * pixels may have. Lives inside the scope that holds its pixels; for one thread.
 */
public final class Problem {
  private final Classifier classifier;
  private final Tensor pixels;
  private final List<Integer> labels;
  private final Goal goal;
  private final Bounds bounds;
  private final Optional<Objective> custom;
  private final Map<Objective, Slope> starts = new HashMap<>();
  private final Optional<Scope> home = Scope.current();

  private Problem(
      Classifier classifier,
      Tensor pixels,
      List<Integer> labels,
      Goal goal,
      Bounds bounds,
      Optional<Objective> custom) {
    if (labels.size() != pixels.size(0)) {
      throw new IllegalArgumentException(
          "%d images need as many labels, but %d were given"
              .formatted(pixels.size(0), labels.size()));
    }
    int classes = classifier.card().classes();
    labels.forEach(label -> checkClass(label, classes, "label"));
    if (goal instanceof Goal.MisclassifyAs as) {
      if (as.targets().size() != labels.size()) {
        throw new IllegalArgumentException(
            "%d images need as many targets, but %d were given"
                .formatted(labels.size(), as.targets().size()));
      }
      as.targets().forEach(target -> checkClass(target, classes, "target"));
    }
    this.classifier = classifier;
    this.pixels = pixels;
    this.labels = List.copyOf(labels);
    this.goal = goal;
    this.bounds = bounds;
    this.custom = custom;
  }

  private static void checkClass(int index, int classes, String name) {
    if (index < 0 || index >= classes) {
      throw new IllegalArgumentException(
          "%s %d does not exist; the network has classes 0 to %d"
              .formatted(name, index, classes - 1));
    }
  }

  /** Images with pixels in [0, 1] and the goal that they are misclassified. */
  public static Problem of(Classifier classifier, Tensor pixels, List<Integer> labels) {
    return new Problem(
        classifier, pixels, labels, new Goal.Misclassify(), Bounds.PIXELS, Optional.empty());
  }

  /** This problem with another goal. */
  public Problem with(Goal other) {
    return new Problem(classifier, pixels, labels, other, bounds, custom);
  }

  /** This problem with other bounds of pixel values. */
  public Problem with(Bounds other) {
    return new Problem(classifier, pixels, labels, goal, other, custom);
  }

  /**
   * This problem with a loss of its own, which attacks increase in place of the one that they would
   * choose. Its classes are per batch, so such a problem cannot be split.
   */
  public Problem with(Objective loss) {
    return new Problem(classifier, pixels, labels, goal, bounds, Optional.of(loss));
  }

  /** This problem with other images, such as those found so far; labels and goal stay. */
  public Problem at(Tensor otherPixels) {
    return new Problem(classifier, otherPixels, labels, goal, bounds, custom);
  }

  /** The part of this problem that belongs to the given images. */
  public Problem select(int... images) {
    return new Problem(
        classifier,
        pixels.rows(images),
        Rows.of(labels, images),
        goal.select(images),
        bounds,
        custom);
  }

  /** The network. */
  public Classifier classifier() {
    return classifier;
  }

  /** The original images, (N, C, H, W). */
  public Tensor pixels() {
    return pixels;
  }

  /** The class of each image. */
  public List<Integer> labels() {
    return labels;
  }

  /** What the attack wants. */
  public Goal goal() {
    return goal;
  }

  /** The values a pixel may have. */
  public Bounds bounds() {
    return bounds;
  }

  /** The number of images. */
  public int size() {
    return labels.size();
  }

  /** What an attack increases to reach the goal, made of {@code loss}. */
  public Objective objective(Loss loss) {
    if (custom.isPresent()) {
      return custom.get();
    }
    if (goal instanceof Goal.MisclassifyAs as) {
      return loss.of(as.targets()).negate();
    }
    return goal instanceof Goal.Keep ? loss.of(labels).negate() : loss.of(labels);
  }

  /** The logits at {@code images}; one forward pass, counted. */
  public Tensor logits(Tensor images, Run run) {
    run.countForward();
    return classifier.logits(images);
  }

  /** The slope of an objective at {@code images}; one forward and one backward pass, counted. */
  public Slope slope(Tensor images, Objective objective, Run run) {
    try (Scope scope = Scope.open()) {
      run.countForward();
      Tensor leaf = images.leaf();
      Activations activations =
          objective.readsLayers()
              ? classifier.forward(leaf, BackwardRules.STANDARD)
              : Activations.ofLogits(classifier.logits(leaf));
      Tensor loss = objective.values(activations);
      run.countBackward();
      Tensor gradient = scope.keep(Gradients.of(loss, leaf));
      return new Slope(
          gradient, scope.keep(loss.detach()), scope.keep(activations.logits().detach()));
    }
  }

  /** The slope at the original images, computed once whoever asks. */
  public Slope startingSlope(Objective objective, Run run) {
    Slope known = starts.get(objective);
    if (known == null) {
      known = slope(pixels, objective, run);
      for (Tensor tensor : List.of(known.gradient(), known.loss(), known.logits())) {
        home.ifPresent(scope -> scope.adopt(tensor));
      }
      starts.put(objective, known);
    }
    return known;
  }

  /** For each image, whether logits (N, classes) reach the goal. */
  public boolean[] reached(Tensor logits) {
    long[] predicted = logits.argmax(1).toLongs();
    boolean[] reached = new boolean[predicted.length];
    for (int i = 0; i < reached.length; i++) {
      reached[i] = goal.reached(i, labels.get(i), (int) predicted[i]);
    }
    return reached;
  }

  /** The images that {@code flags} marks, or those that it does not. */
  public static int[] indices(boolean[] flags, boolean marked) {
    return IntStream.range(0, flags.length).filter(i -> flags[i] == marked).toArray();
  }
}
