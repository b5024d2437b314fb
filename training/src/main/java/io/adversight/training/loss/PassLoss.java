package io.adversight.training.loss;

import io.adversight.tensor.Tensor;

/** A loss that follows from one training pass of a batch. */
public interface PassLoss extends TrainingLoss {
  /**
   * The loss of a batch, shape ().
   *
   * @param pass the values of all layers
   * @param labels (N, 1), int64
   */
  Tensor of(TrainingPass pass, Tensor labels);

  /** The same loss by its terms, which the training curve shows; one unless it has several. */
  default LossTerms terms(TrainingPass pass, Tensor labels) {
    return LossTerms.single(of(pass, labels));
  }

  @Override
  default Evaluation evaluate(TrainingBatch batch) {
    TrainingPass pass = batch.pass(batch.images());
    return new Evaluation(terms(pass, batch.labels()), pass.logits());
  }
}
