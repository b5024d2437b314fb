package io.adversight.attribution;

import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * A method that says how much each pixel, or each place of a layer, contributes to an objective.
 */
public interface Attribution {
  /**
   * Computes the contributions to an objective. {@link Attributions} runs it.
   *
   * @param trace activations and gradients of the batch, each pass computed once
   * @param run random numbers per image
   * @return signed and unreduced: (N, C, H, W) at the size of the images, or (N, 1, h, w) at the
   *     size of a layer, before any ReLU or scaling
   */
  Tensor attribute(Trace trace, Objective objective, Run run);

  /** How the contributions become one map. */
  ChannelReduction reduction();

  /**
   * Whether contributions are a gradient times the input, as input times gradient is, and not the
   * gradient alone.
   */
  default boolean containsInput() {
    return false;
  }

  /**
   * The places ({@link Trace#PIXELS} or layers) whose gradients this method reads from its trace,
   * so that several methods can share one backward pass.
   *
   * @throws java.util.NoSuchElementException if the network lacks a layer that this method names
   */
  default List<String> gradientsAt(Classifier classifier) {
    return List.of();
  }
}
