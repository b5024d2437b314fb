package io.adversight.model;

import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * All that a black-box attack may see of a network: answers to images, counted and limited for each
 * image of a batch. Of n images an oracle takes k n images at once, the first k of them for the
 * first image and so on.
 */
public interface Oracle {
  /** What an oracle returns for an image. */
  enum Answer {
    /** One number per class. */
    LOGITS,
    /** Only the class with the largest. */
    LABELS
  }

  /**
   * The logits of images, (k n, classes).
   *
   * @throws UnsupportedOperationException if this oracle tells labels only
   * @throws IllegalStateException if an image has fewer queries left
   */
  Tensor logits(Tensor images);

  /**
   * The classes of images.
   *
   * @throws IllegalStateException if an image has fewer queries left
   */
  int[] labels(Tensor images);

  /** The number of classes. */
  int classes();

  /** How many images may still be asked for an image. */
  int left(int image);

  /** The oracle for some of the images. */
  Oracle select(int... images);

  /**
   * An oracle of a classifier that counts in {@code run} and answers at most {@code limit} queries
   * for each image, whatever the run has spent before.
   */
  static Oracle of(Classifier classifier, Answer answer, int limit, Run run) {
    return new ClassifierOracle(classifier, answer, limit, run);
  }
}
