package io.adversight.evaluation.detection;

import io.adversight.model.Classifier;
import io.adversight.tensor.Tensor;

/**
 * Images that may be adversarial.
 *
 * @param classifier the network that they may want to fool
 * @param pixels as they came, (N, C, H, W)
 * @param originals what they were made from, which only an oracle may look at; of a clean image the
 *     image itself
 */
public record DetectorInputs(Classifier classifier, Tensor pixels, Tensor originals) {
  /** Images of unknown origin. */
  public static DetectorInputs of(Classifier classifier, Tensor pixels) {
    return new DetectorInputs(classifier, pixels, pixels);
  }
}
