package io.adversight.attribution.internal;

import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.tensor.Tensor;

/**
 * A layer's activations A and the gradient G of an objective with respect to them, both as stacks
 * of maps (N, K, h, w).
 */
public record LayerMaps(Tensor activation, Tensor gradient) {
  private static final double TINY = 1e-30;

  /** The maps of a layer (of the default one for an empty name, of the pixels for theirs). */
  public static LayerMaps of(Trace trace, String layer, Objective objective) {
    String place = place(trace.classifier(), layer);
    // A pass that finds gradients symbolically brings the activations along.
    Tensor gradient = trace.gradient(place, objective);
    return new LayerMaps(
        maps(trace.classifier(), place, trace.activation(place)),
        maps(trace.classifier(), place, gradient));
  }

  /** The activations of a layer alone. */
  public static Tensor activation(Trace trace, String layer) {
    String place = place(trace.classifier(), layer);
    return maps(trace.classifier(), place, trace.activation(place));
  }

  /** A value of a place as maps: tokens laid out on their grid, without those of no place. */
  private static Tensor maps(Classifier classifier, String place, Tensor value) {
    return place.equals(Trace.PIXELS) ? value : classifier.layer(place).maps(value);
  }

  /**
   * The place's name.
   *
   * @throws io.adversight.input.UnknownNameException if there is no such layer, or it has no
   *     positions
   */
  public static String place(Classifier classifier, String layer) {
    if (layer.equals(Trace.PIXELS)) {
      return layer;
    }
    return classifier.layerOfMaps(layer).name();
  }

  /** Channels weighted and summed: sum over k of w_k A^k, (N, 1, h, w). */
  public static Tensor weighted(Tensor weights, Tensor activation) {
    return weights.mul(activation).sum(1);
  }

  /** {@code a / b}, and 0 where b is 0. */
  public static Tensor quotient(Tensor a, Tensor b) {
    Tensor zero = b.abs().le(TINY);
    return zero.choose(a.fullLike(0), a.div(zero.choose(b.fullLike(1), b)));
  }
}
