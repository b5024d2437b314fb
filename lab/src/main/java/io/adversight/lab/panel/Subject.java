package io.adversight.lab.panel;

import io.adversight.attack.Goal;
import io.adversight.attack.Problem;
import io.adversight.attack.Slope;
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
 * One picture as one network sees it, with what was found out about it: its prediction, and slopes
 * at it, which are computed once and serve every size of the ball. Holds no native memory; safe for
 * use by several threads.
 */
public final class Subject {
  private static final int SLOPES_AT_MOST = 4;

  private final GraphClassifier classifier;
  private final Raster view;
  private final Prediction prediction;
  private final Map<Objective, HeldSlope> slopes = new LinkedHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // native values in Java's memory, compared by nobody
  private record HeldSlope(float[] gradient, float[] loss, float[] logits) {
    static HeldSlope of(Slope slope) {
      return new HeldSlope(
          slope.gradient().toFloats(), slope.loss().toFloats(), slope.logits().toFloats());
    }

    Slope like(Tensor pixels) {
      return new Slope(
          Tensor.of(gradient, pixels.shape().toArray()).like(pixels),
          Tensor.of(loss, 1).like(pixels),
          Tensor.of(logits, 1, logits.length).like(pixels));
    }
  }

  /** A picture at a network's input size; costs one forward pass. */
  public Subject(GraphClassifier classifier, Raster view) {
    this.classifier = classifier;
    this.view = view;
    this.prediction = predict(classifier, List.of(view)).get(0);
  }

  /** What a network says of pictures of its input size. */
  public static List<Prediction> predict(GraphClassifier classifier, List<Raster> views) {
    try (Scope scope = Scope.open()) {
      return classifier.predict(Batches.of(views).to(classifier.device()));
    }
  }

  /** The network. */
  public GraphClassifier classifier() {
    return classifier;
  }

  /** The picture as the network sees it. */
  public Raster view() {
    return view;
  }

  /** What the network says of it. */
  public Prediction prediction() {
    return prediction;
  }

  /** The values it holds, in floats. */
  long weight() {
    return (1L + SLOPES_AT_MOST) * view.channels() * view.height() * view.width()
        + 8L * classifier.card().classes();
  }

  /** The picture as an attack's problem, in the current scope, with all slopes that are known. */
  Problem problem(int label, OptionalInt target) {
    Tensor pixels = Batches.of(List.of(view)).to(classifier.device());
    Problem problem = Problem.of(classifier, pixels, List.of(label));
    if (target.isPresent()) {
      problem = problem.with(new Goal.MisclassifyAs(List.of(target.getAsInt())));
    }
    Map<Objective, HeldSlope> known;
    synchronized (slopes) {
      known = Map.copyOf(slopes);
    }
    for (Map.Entry<Objective, HeldSlope> slope : known.entrySet()) {
      problem.know(slope.getKey(), slope.getValue().like(pixels));
    }
    return problem;
  }

  /** Whether a slope at this picture is known. */
  boolean knowsSlopes() {
    synchronized (slopes) {
      return !slopes.isEmpty();
    }
  }

  /** Notes the slopes that an attack has computed. */
  void learn(Problem problem) {
    for (Map.Entry<Objective, Slope> found : problem.startingSlopes().entrySet()) {
      synchronized (slopes) {
        if (!slopes.containsKey(found.getKey())) {
          if (slopes.size() == SLOPES_AT_MOST) {
            slopes.remove(slopes.keySet().iterator().next());
          }
          slopes.put(found.getKey(), HeldSlope.of(found.getValue()));
        }
      }
    }
  }
}
