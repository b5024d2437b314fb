package io.adversight.training.loss;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.adversight.tensor.Tensor;

/** What a training makes small. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface TrainingLoss {
  /** The loss of a batch, recorded for the weights. */
  Evaluation evaluate(TrainingBatch batch);

  /**
   * Whether images are attacked in each step, so that features which frozen layers made of them
   * once cannot take their place.
   */
  default boolean attacksImages() {
    return false;
  }

  /**
   * The loss of a batch.
   *
   * @param terms whose sum it is
   * @param logits (N, classes), of the images that were trained on: attacked ones where the loss
   *     attacks
   */
  record Evaluation(LossTerms terms, Tensor logits) {}
}
