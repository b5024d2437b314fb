package io.adversight.evaluation.detection;

import io.adversight.model.Classifier;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** The classes that a network sees. */
final class PredictedClasses {
  private PredictedClasses() {}

  /** The most likely class of each image. */
  static List<Integer> classes(Classifier classifier, Tensor pixels) {
    return classes(classifier, pixels, 0);
  }

  /** The class of each image at a rank, 0 for the most likely. */
  static List<Integer> classes(Classifier classifier, Tensor pixels, int rank) {
    try (Scope scope = Scope.open()) {
      Tensor order = classifier.logits(pixels).top(rank + 1L, 1).indices();
      return Arrays.stream(order.select(1, rank).toLongs()).mapToObj(Math::toIntExact).toList();
    }
  }
}
