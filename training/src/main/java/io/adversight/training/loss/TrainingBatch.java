package io.adversight.training.loss;

import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/** A batch of a training step, and the network with the weights of that step. */
public interface TrainingBatch {
  /** The augmented images, (N, C, H, W), pixels in [0, 1]; features where layers are frozen. */
  Tensor images();

  /** The classes, (N, 1), int64. */
  Tensor labels();

  /**
   * A training pass, recorded for the weights. Batch normalisation uses the statistics of {@code
   * images} and adds them to its running ones.
   *
   * @param images in the shape of {@link #images}
   */
  TrainingPass pass(Tensor images);

  /**
   * The problem of misclassifying the images. The network that is attacked is in evaluation mode:
   * batch normalisation uses its running statistics and leaves them as they are.
   */
  Problem problem();

  /** Random numbers of each image in this epoch. */
  Run run();

  /** The share of the phase that is done, in [0, 1). */
  double progress();
}
