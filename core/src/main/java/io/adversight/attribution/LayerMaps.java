package io.adversight.attribution;

import io.adversight.graph.Layer;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.tensor.Tensor;

/**
 * A layer's activations A and the gradient G of an objective with respect to them, both as stacks
 * of maps (N, K, h, w); a dense layer is a stack of maps of one position.
 */
record LayerMaps(Tensor activation, Tensor gradient) {
  private static final double TINY = 1e-30;

  /** The maps of a layer (of the default one for an empty name, of the pixels for theirs). */
  static LayerMaps of(Trace trace, String layer, Objective objective) {
    String place = place(trace.classifier(), layer);
    return new LayerMaps(
        stack(trace.activation(place), place), stack(trace.gradient(place, objective), place));
  }

  /** The activations of a layer alone. */
  static Tensor activation(Trace trace, String layer) {
    String place = place(trace.classifier(), layer);
    return stack(trace.activation(place), place);
  }

  /** The place's name, checked. */
  static String place(Classifier classifier, String layer) {
    if (layer.equals(Trace.PIXELS)) {
      return layer;
    }
    Layer found = classifier.layer(layer);
    return found.name();
  }

  private static Tensor stack(Tensor value, String place) {
    return switch (value.rank()) {
      case 4 -> value;
      case 2 -> value.reshape(value.size(0), value.size(1), 1, 1);
      default ->
          throw new InputException(
              "layer \"%s\" has the shape %s; a map needs (N, C, H, W) or (N, C)"
                  .formatted(place, value.shape()));
    };
  }

  /** Channels weighted and summed: sum over k of w_k A^k, (N, 1, h, w). */
  static Tensor weighted(Tensor weights, Tensor activation) {
    return weights.mul(activation).sum(1);
  }

  /** {@code a / b}, and 0 where b is 0. */
  static Tensor quotient(Tensor a, Tensor b) {
    Tensor zero = b.abs().le(TINY);
    return zero.choose(a.fullLike(0), a.div(zero.choose(b.fullLike(1), b)));
  }
}
