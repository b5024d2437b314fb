package io.adversight.lab.panel;

import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Problem;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Prediction;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One image at one network's input, with its prediction and the gradients at it, which are computed
 * once and serve every epsilon. Holds no native memory; safe for use by several threads.
 */
public final class Subject {
  private static final int GRADIENTS_AT_MOST = 4;

  private final GraphClassifier classifier;
  private final Raster view;
  private final Prediction prediction;
  private final Map<Objective, CachedGradient> gradients = new LinkedHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // native values in Java's memory, never compared
  private record CachedGradient(float[] gradient, float[] loss, float[] logits) {
    static CachedGradient of(GradientEvaluation gradient) {
      return new CachedGradient(
          gradient.gradient().toFloats(), gradient.loss().toFloats(), gradient.logits().toFloats());
    }

    GradientEvaluation like(Tensor pixels) {
      return new GradientEvaluation(
          Tensor.of(gradient, pixels.shape().toArray()).like(pixels),
          Tensor.of(loss, 1).like(pixels),
          Tensor.of(logits, 1, logits.length).like(pixels));
    }
  }

  /** An image at a network's input size; costs one forward pass. */
  public Subject(GraphClassifier classifier, Raster view) {
    this.classifier = classifier;
    this.view = view;
    this.prediction = predict(classifier, List.of(view)).get(0);
  }

  /** A network's predictions of images of its input size. */
  public static List<Prediction> predict(GraphClassifier classifier, List<Raster> views) {
    try (Scope scope = Scope.open()) {
      return classifier.predict(Batches.of(views).to(classifier.device()));
    }
  }

  /** The network. */
  public GraphClassifier classifier() {
    return classifier;
  }

  /** The image as the network sees it. */
  public Raster view() {
    return view;
  }

  /** The network's prediction of it. */
  public Prediction prediction() {
    return prediction;
  }

  /** The values it holds, in floats. */
  long weight() {
    return (1L + GRADIENTS_AT_MOST) * view.channels() * view.height() * view.width()
        + 8L * classifier.card().classes();
  }

  /** The image as an attack's problem, in the current scope, with all cached gradients. */
  Problem problem(int label, OptionalInt target) {
    Tensor pixels = Batches.of(List.of(view)).to(classifier.device());
    Problem problem = Problem.of(classifier, pixels, List.of(label));
    if (target.isPresent()) {
      problem = problem.with(new Goal.MisclassifyAs(List.of(target.getAsInt())));
    }
    Map<Objective, CachedGradient> known;
    synchronized (gradients) {
      known = Map.copyOf(gradients);
    }
    for (Map.Entry<Objective, CachedGradient> gradient : known.entrySet()) {
      problem.know(gradient.getKey(), gradient.getValue().like(pixels));
    }
    return problem;
  }

  /** Whether a gradient at this image is cached. */
  boolean hasCachedGradients() {
    synchronized (gradients) {
      return !gradients.isEmpty();
    }
  }

  /** Caches the gradients that an attack has computed. */
  void learn(Problem problem) {
    for (Map.Entry<Objective, GradientEvaluation> found : problem.startingGradients().entrySet()) {
      synchronized (gradients) {
        if (!gradients.containsKey(found.getKey())) {
          if (gradients.size() == GRADIENTS_AT_MOST) {
            gradients.remove(gradients.keySet().iterator().next());
          }
          gradients.put(found.getKey(), CachedGradient.of(found.getValue()));
        }
      }
    }
  }
}
