package io.adversight.attack.problem;

import io.adversight.graph.BackwardRules;
import io.adversight.input.InputException;
import io.adversight.model.Activations;
import io.adversight.model.Classifier;
import io.adversight.model.GradientPass;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import java.util.function.UnaryOperator;
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
  private final Optional<Tensor> mask;
  private final boolean leaving;
  private final Map<Objective, GradientEvaluation> starts = new HashMap<>();
  private final Optional<Scope> home = Scope.current();
  private Optional<Tensor> startingLogits = Optional.empty();

  private Problem(
      Classifier classifier,
      Tensor pixels,
      List<Integer> labels,
      Goal goal,
      Bounds bounds,
      Optional<Objective> custom,
      Optional<Tensor> mask,
      boolean leaving) {
    if (labels.size() != pixels.size(0)) {
      throw new IllegalArgumentException(
          "%s images need as many labels, but %s were given"
              .formatted(pixels.size(0), labels.size()));
    }
    classifier.card().ensureExclusive();
    int classes = classifier.card().classes();
    labels.forEach(label -> checkClass(label, classes, "label"));
    if (goal instanceof Goal.MisclassifyAs as) {
      checkTargets(as.targets(), labels, classes);
    } else if (goal instanceof Goal.Keep keep && !keep.targets().isEmpty()) {
      checkTargets(keep.targets(), labels, classes);
    }
    this.classifier = classifier;
    this.pixels = pixels;
    this.labels = List.copyOf(labels);
    this.goal = goal;
    this.bounds = bounds;
    this.custom = custom;
    this.mask = mask;
    this.leaving = leaving;
  }

  private static void checkTargets(List<Integer> targets, List<Integer> labels, int classes) {
    if (targets.size() != labels.size()) {
      throw new IllegalArgumentException(
          "%s images need as many targets, but %s were given"
              .formatted(labels.size(), targets.size()));
    }
    for (int i = 0; i < labels.size(); i++) {
      checkClass(targets.get(i), classes, "target");
      if (targets.get(i).equals(labels.get(i))) {
        throw new InputException(
            "the target of image %s is its own label %s; choose another class"
                .formatted(i, labels.get(i)));
      }
    }
  }

  private static void checkClass(int index, int classes, String name) {
    if (index < 0 || index >= classes) {
      throw new InputException(
          "%s %s does not exist; the network has classes 0 to %s"
              .formatted(name, index, classes - 1));
    }
  }

  /** Images with pixels in [0, 1] and the goal that they are misclassified. */
  public static Problem of(Classifier classifier, Tensor pixels, List<Integer> labels) {
    return new Problem(
        classifier,
        pixels,
        labels,
        new Goal.Misclassify(),
        Bounds.PIXELS,
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** This problem with another goal. */
  public Problem with(Goal other) {
    return new Problem(classifier, pixels, labels, other, bounds, custom, mask, leaving);
  }

  /** This problem with other bounds of pixel values. */
  public Problem with(Bounds other) {
    return new Problem(classifier, pixels, labels, goal, other, custom, mask, leaving);
  }

  /**
   * This problem with a loss of its own, which attacks increase in place of the one that they would
   * choose.
   */
  public Problem with(Objective loss) {
    return new Problem(classifier, pixels, labels, goal, bounds, Optional.of(loss), mask, leaving);
  }

  /**
   * This problem with a part of the image that may change.
   *
   * @param changeable 1 where a value may change and 0 where not, broadcast to (N, C, H, W)
   */
  public Problem within(Tensor changeable) {
    Tensor whole = changeable.like(pixels).expand(pixels.shape().toArray());
    return new Problem(
        classifier, pixels, labels, goal, bounds, custom, Optional.of(whole), leaving);
  }

  /**
   * This problem with early stopping: an image leaves an iterative attack at the first iterate that
   * reaches the goal, and keeps that iterate.
   */
  public Problem withEarlyStopping() {
    return new Problem(classifier, pixels, labels, goal, bounds, custom, mask, true);
  }

  /** Whether images leave an attack as soon as they reach the goal. */
  public boolean stopsEarly() {
    return leaving;
  }

  /** This problem with other images, such as those found so far; labels and goal stay. */
  public Problem at(Tensor otherPixels) {
    return new Problem(classifier, otherPixels, labels, goal, bounds, custom, mask, leaving);
  }

  /** The part of this problem that belongs to the given images. */
  public Problem select(int... images) {
    return new Problem(
        classifier,
        pixels.rows(images),
        Selection.of(labels, images),
        goal.select(images),
        bounds,
        custom.map(loss -> loss.select(images)),
        mask.map(m -> m.rows(images)),
        leaving);
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

  /** A gradient without the part of the image that may not change. */
  public Tensor masked(Tensor gradient) {
    return mask.map(gradient::mul).orElse(gradient);
  }

  /** The part of the image that may change, where not all of it may. */
  public Optional<Tensor> mask() {
    return mask;
  }

  /** The number of images. */
  public int size() {
    return labels.size();
  }

  /** The number of classes. */
  public int classes() {
    return classifier.card().classes();
  }

  /** What an attack increases to reach the goal, made of {@code loss}. */
  public Objective objective(Loss loss) {
    if (custom.isPresent()) {
      return custom.get();
    }
    if (goal instanceof Goal.MisclassifyAs as) {
      return loss.towards(labels, as.targets());
    }
    return goal instanceof Goal.Keep ? loss.of(labels).negate() : loss.of(labels);
  }

  /** The nearest images that these bounds, and the part that may change, allow. */
  public Tensor clip(Tensor images) {
    Tensor inside = bounds.clip(images);
    return mask.map(m -> pixels.add(inside.sub(pixels).mul(m))).orElse(inside);
  }

  /** The logits at {@code images}; one forward pass, counted. */
  public Tensor logits(Tensor images, Run run) {
    run.countForward();
    return classifier.drawing(run).logits(images);
  }

  /**
   * The gradient of an objective at {@code images}, 0 where the image may not change; one forward
   * and one backward pass, counted.
   */
  public GradientEvaluation gradient(Tensor images, Objective objective, Run run) {
    return images == pixels
        ? startingGradient(objective, run)
        : gradient(images, UnaryOperator.identity(), objective, run);
  }

  /**
   * The gradient of an objective of {@code view(images)}, with respect to the images; 0 where the
   * image may not change.
   */
  public GradientEvaluation gradient(
      Tensor images, UnaryOperator<Tensor> view, Objective objective, Run run) {
    return masked(unmasked(images, view, objective, run));
  }

  private GradientEvaluation masked(GradientEvaluation evaluation) {
    return mask.isEmpty()
        ? evaluation
        : new GradientEvaluation(
            masked(evaluation.gradient()), evaluation.loss(), evaluation.logits());
  }

  private GradientEvaluation unmasked(
      Tensor images, UnaryOperator<Tensor> view, Objective objective, Run run) {
    try (Scope scope = Scope.open()) {
      Tensor leaf = images.leaf();
      Tensor seen = view.apply(leaf);
      Optional<GradientPass> pass =
          classifier.drawing(run).gradients(seen.detach(), objective, List.of(Trace.PIXELS));
      if (pass.isPresent()) {
        run.countForward();
        countBackward(run);
        return new GradientEvaluation(
            scope.keep(pass.get().behind(leaf, seen)),
            scope.keep(pass.get().values()),
            scope.keep(classifier.settled(seen.detach(), pass.get().logits())));
      }
      Activations activations = forward(seen, objective, run);
      Tensor loss = objective.values(activations);
      countBackward(run);
      Tensor gradient = scope.keep(Gradients.of(loss, leaf));
      return new GradientEvaluation(
          gradient, scope.keep(loss.detach()), scope.keep(settled(seen, activations)));
    }
  }

  /**
   * For each class s, the gradient of z_s - z_y, where y is the label, 0 where the image may not
   * change; one forward pass and one backward pass per class, counted. Each is freed when {@code
   * each} returns, so that memory does not grow with the number of classes.
   */
  public void gradientsOfClasses(Tensor images, Run run, ObjIntConsumer<GradientEvaluation> each) {
    try (Scope scope = Scope.open()) {
      Tensor leaf = images.leaf();
      Tensor logits = recordedLogits(leaf, run);
      Tensor own = new Objective.Logit(labels).values(Activations.ofLogits(logits));
      Tensor plain = classifier.settled(leaf.detach(), logits.detach());
      for (int s = 0; s < classes(); s++) {
        run.checkCancelled();
        countBackward(run);
        try (Scope step = Scope.open()) {
          Tensor ahead = logits.select(1, s).sub(own);
          Tensor gradient = Gradients.of(ahead, List.of(leaf), Gradients.Recording.KEEP).get(0);
          each.accept(new GradientEvaluation(masked(gradient), ahead.detach(), plain), s);
        }
      }
    }
  }

  /** The value of an objective and the logits at {@code images}; one forward pass, counted. */
  public LossEvaluation height(Tensor images, Objective objective, Run run) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Activations activations = forward(images, objective, run);
      return new LossEvaluation(
          scope.keep(objective.values(activations).alias()),
          scope.keep(settled(images, activations)));
    }
  }

  private Tensor settled(Tensor images, Activations activations) {
    return classifier.settled(images.detach(), activations.logits().detach());
  }

  private Activations forward(Tensor images, Objective objective, Run run) {
    if (!objective.readsLayers()) {
      return Activations.ofLogits(recordedLogits(images, run));
    }
    run.countForward();
    return classifier.drawing(run).forward(images, BackwardRules.STANDARD);
  }

  /**
   * The logits at images that may be recorded, and then for a random network are the mean over
   * draws; its passes are counted.
   */
  public Tensor recordedLogits(Tensor images, Run run) {
    int passes = images.isRecorded() ? classifier.passesPerGradient() : 1;
    for (int i = 0; i < passes; i++) {
      run.countForward();
    }
    return classifier.drawing(run).logits(images);
  }

  private void countBackward(Run run) {
    for (int i = 0; i < classifier.passesPerGradient(); i++) {
      run.countBackward();
    }
  }

  /** The gradient at the original images, 0 where the image may not change; computed once. */
  public GradientEvaluation startingGradient(Objective objective, Run run) {
    GradientEvaluation known = starts.get(objective);
    if (known == null) {
      known = unmasked(pixels, UnaryOperator.identity(), objective, run);
      for (Tensor tensor : List.of(known.gradient(), known.loss(), known.logits())) {
        home.ifPresent(scope -> scope.adopt(tensor));
      }
      starts.put(objective, known);
    }
    return masked(known);
  }

  /**
   * Tells what is known of the original images from an earlier problem, so that it is not computed.
   */
  public void know(Objective objective, GradientEvaluation evaluation) {
    starts.put(objective, evaluation);
  }

  /** All gradients at the original images computed so far, of all pixels. */
  public Map<Objective, GradientEvaluation> startingGradients() {
    return Map.copyOf(starts);
  }

  /** The logits at the original images; no pass if a gradient there is known. */
  public Tensor startingLogits(Run run) {
    if (startingLogits.isEmpty()) {
      Tensor logits =
          starts.values().stream()
              .filter(start -> !classifier.isRandom())
              .findFirst()
              .map(GradientEvaluation::logits)
              .orElseGet(
                  () -> {
                    Tensor computed = logits(pixels, run);
                    home.ifPresent(scope -> scope.adopt(computed));
                    return computed;
                  });
      startingLogits = Optional.of(logits);
    }
    return startingLogits.get();
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

  /**
   * For each image, whether logits (N, classes) reach the goal by more than rounding can undo: the
   * margin exceeds {@link #rounding}. An image on the class boundary itself may be classified
   * differently alone, in another batch or on another processor; a minimum-norm attack, which ends
   * at the boundary, goes on until this holds.
   */
  public boolean[] reachedBeyondRounding(Tensor logits) {
    boolean[] reached = reached(logits);
    double[] losses = Margins.of(this, logits);
    double[] rounding = rounding(logits).toDoubles();
    for (int i = 0; i < reached.length; i++) {
      reached[i] &= losses[i] < -rounding[i];
    }
    return reached;
  }

  /** For each image, a bound of the rounding error of a difference of its logits, (N, 1). */
  public static Tensor rounding(Tensor logits) {
    return logits.detach().linfPerImage().mul(Classifier.ROUNDING);
  }

  /** The images that {@code flags} marks, or those that it does not. */
  public static int[] indices(boolean[] flags, boolean marked) {
    return IntStream.range(0, flags.length).filter(i -> flags[i] == marked).toArray();
  }
}
