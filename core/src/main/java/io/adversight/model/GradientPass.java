package io.adversight.model;

import io.adversight.tensor.Gradients;
import io.adversight.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a pass that computes gradients symbolically found for a batch; none of it is recorded.
 *
 * @param logits (N, classes)
 * @param values of the objective, (N)
 * @param gradients of the objective with respect to each place, in the shape of its value
 * @param activations of those places that are layers
 */
public record GradientPass(
    Tensor logits, Tensor values, Map<String, Tensor> gradients, Map<String, Tensor> activations) {
  public GradientPass {
    gradients = Map.copyOf(gradients);
    activations = Map.copyOf(activations);
  }

  /** The gradient with respect to a place. */
  public Tensor gradient(String place) {
    return Objects.requireNonNull(gradients.get(place), place);
  }

  /**
   * This pass with the gradient of the pixels that other pixels were made of.
   *
   * @param leaf the pixels of which {@code seen}, those of this pass, were recorded
   */
  GradientPass through(Tensor leaf, Tensor seen) {
    if (!gradients.containsKey(Trace.PIXELS)) {
      return this;
    }
    Map<String, Tensor> all = new HashMap<>(gradients);
    all.put(Trace.PIXELS, behind(leaf, seen));
    return new GradientPass(logits, values, all, activations);
  }

  /** The gradient with respect to pixels of which those of this pass were recorded. */
  public Tensor behind(Tensor leaf, Tensor seen) {
    Tensor gradient = gradient(Trace.PIXELS);
    return seen == leaf
        ? gradient
        : Gradients.of(seen, gradient, List.of(leaf), Gradients.Recording.FREE).get(0);
  }
}
