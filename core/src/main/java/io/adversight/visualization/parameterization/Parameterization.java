package io.adversight.visualization.parameterization;

import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * What an optimiser changes in place of pixels: numbers from which the image is made. Along which
 * directions an image moves first depends on it.
 */
public interface Parameterization {
  /**
   * The first numbers, (N, ...).
   *
   * @param run one per image: each image starts from its own randomness
   */
  Tensor start(ImageBatch batch, Run run);

  /**
   * The images (N, C, H, W) of the batch's size that any N rows of numbers stand for, recorded if
   * the numbers are.
   */
  UnaryOperator<Tensor> images(ImageBatch batch);

  /** The smallest number allowed. */
  default double low() {
    return Double.NEGATIVE_INFINITY;
  }

  /** The largest number allowed. */
  default double high() {
    return Double.POSITIVE_INFINITY;
  }

  /** Whether the numbers are the pixels themselves, so that pixels can be changed in between. */
  default boolean isPixels() {
    return false;
  }
}
