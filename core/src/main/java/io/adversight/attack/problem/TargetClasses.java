package io.adversight.attack.problem;

import io.adversight.model.Prediction;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Classes to aim at. */
public final class TargetClasses {
  private TargetClasses() {}

  /**
   * The goal's targets; without one, for methods that need a target, the class that each image's
   * {@code logits} put highest beside its label.
   */
  public static List<Integer> of(Problem problem, Tensor logits) {
    if (problem.goal() instanceof Goal.MisclassifyAs as) {
      return as.targets();
    }
    List<Prediction> predictions = Prediction.of(logits);
    List<Integer> targets = new ArrayList<>();
    for (int i = 0; i < problem.size(); i++) {
      int label = problem.labels().get(i);
      List<Integer> two = predictions.get(i).top(2);
      targets.add(two.get(0) == label ? two.get(1) : two.get(0));
    }
    return targets;
  }
}
