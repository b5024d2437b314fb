package io.adversight.run;

import io.adversight.tensor.Tensor;

/** Looks at the images of an iterative algorithm as they change. */
public interface FrameListener {
  /** Ignores frames. */
  FrameListener NONE = (images, loss) -> {};

  /**
   * The images after a step.
   *
   * @param images (N, C, H, W), valid during the call
   * @param loss (N), valid during the call
   */
  void frame(Tensor images, Tensor loss);

  /** The listener for some images of the batch; one that cannot tell them apart stays as it is. */
  default FrameListener select(int... images) {
    return this;
  }
}
