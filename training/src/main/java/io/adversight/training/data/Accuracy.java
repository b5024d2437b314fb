package io.adversight.training.data;

import io.adversight.data.DataSet;
import io.adversight.model.Classifier;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;

/** How often a classifier is right. */
public final class Accuracy {
  private Accuracy() {}

  /** The share of examples whose largest logit is that of their class. */
  public static double of(Classifier classifier, DataSet examples, int batch) {
    long right = 0;
    for (int first = 0; first < examples.size(); first += batch) {
      int count = Math.min(batch, examples.size() - first);
      try (Scope scope = Scope.open();
          Gradients.Off off = Gradients.off()) {
        Tensor pixels = Batch.pixels(examples, first, count).to(classifier.device());
        right += right(classifier.logits(pixels), Batch.labels(examples, first, count));
      }
    }
    return (double) right / examples.size();
  }

  /** In how many rows of {@code logits} the largest is at the label, (N, 1). */
  public static long right(Tensor logits, Tensor labels) {
    Tensor hits = logits.argmax(1).eq(labels.to(logits.device()).reshape(-1));
    return (long) hits.asFloat().sum().item();
  }
}
