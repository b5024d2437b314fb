package io.adversight.training.loss;

import io.adversight.describe.Check;
import io.adversight.tensor.Tensor;

/**
 * The mean cross-entropy of a batch with smoothed labels: the target is (1 - smoothing) at the true
 * class plus smoothing / classes everywhere (Szegedy et al. 2016, section 7).
 *
 * @param smoothing in [0, 1)
 */
public record CrossEntropy(double smoothing) implements PassLoss {
  public CrossEntropy {
    Check.within(0.0, 0.99, smoothing, "smoothing");
  }

  @Override
  public Tensor of(TrainingPass pass, Tensor labels) {
    return of(pass.logits(), labels);
  }

  /**
   * The loss, shape ().
   *
   * @param logits (N, classes)
   * @param labels (N, 1), int64
   */
  public Tensor of(Tensor logits, Tensor labels) {
    Tensor logProbabilities = logits.logSoftmax(1);
    Tensor atLabel = logProbabilities.gather(1, labels).mean().mul(-(1 - smoothing));
    return smoothing == 0 ? atLabel : atLabel.sub(logProbabilities.mean().mul(smoothing));
  }
}
