package io.adversight.training.loss;

import io.adversight.describe.Check;
import io.adversight.tensor.Tensor;

/**
 * The error of label units c = tanh(logit) to a power: the mean over images of the sum over classes
 * of |c - t|^(2 m), with t = 1 at the true class and -1 at all others (Krotov and Hopfield 2016,
 * equation 14). A large m looks at the worst units alone.
 *
 * @param m half the power
 */
public record PowerLoss(int m) implements PassLoss {
  public PowerLoss {
    Check.within(1, 100, m, "m");
  }

  @Override
  public Tensor of(TrainingPass pass, Tensor labels) {
    Tensor logits = pass.logits();
    int classes = (int) logits.size(1);
    Tensor at = labels.eq(numbers(classes).to(labels.device())).asFloat().like(logits);
    Tensor error = logits.tanh().sub(at.mul(2).sub(1));
    return error.abs().pow(2.0 * m).sum(1).mean();
  }

  private static Tensor numbers(int classes) {
    long[] numbers = new long[classes];
    for (int i = 0; i < classes; i++) {
      numbers[i] = i;
    }
    return Tensor.of(numbers, 1, classes);
  }
}
