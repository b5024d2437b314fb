package io.adversight.evaluation;

import io.adversight.model.Classifier;
import io.adversight.tensor.Tensor;

/**
 * Pictures that may be adversarial.
 *
 * @param classifier the network that they may want to fool
 * @param pixels as they came, (N, C, H, W)
 * @param originals what they were made from, which only an oracle may look at; of a clean picture
 *     the picture itself
 */
public record Suspects(Classifier classifier, Tensor pixels, Tensor originals) {
  /** Pictures of unknown origin. */
  public static Suspects of(Classifier classifier, Tensor pixels) {
    return new Suspects(classifier, pixels, pixels);
  }
}
