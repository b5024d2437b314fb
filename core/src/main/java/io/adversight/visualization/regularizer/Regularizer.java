package io.adversight.visualization.regularizer;

import io.adversight.model.Classifier;
import io.adversight.tensor.Tensor;

/** What keeps an image from becoming noise: a penalty, or a change made between the steps. */
public interface Regularizer {
  /** What is subtracted from the objective, recorded. */
  interface Penalty extends Regularizer {
    /** One number per image (N) of the images (N, C, H, W), without any transformation. */
    Tensor of(Tensor images, Classifier classifier);
  }

  /** A change of the pixels after a step; needs a parameterisation that is pixels. */
  interface Change extends Regularizer {
    /**
     * The images after a step.
     *
     * @param images (N, C, H, W)
     * @param gradient of the objective, in the same shape
     * @param step counted from 1
     */
    Tensor after(Tensor images, Tensor gradient, int step, Classifier classifier);
  }
}
