package io.adversight.evaluation.certificate;

import io.adversight.graph.operator.Padding;
import io.adversight.graph.operator.Pooling;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Bounds of max-pooling: each window is at least its element of the largest lower bound, and equals
 * it if no other can be larger; else it is at most the largest upper bound.
 *
 * @param candidates the elements of each window of a layer along a new last dimension, and a number
 *     that stands for padding
 * @param first 1 at the element of the largest lower bound of each window, else 0
 * @param certain 1 where that element is surely the largest, else 0
 * @param most the largest upper bound of each window
 */
record Maxima(
    BiFunction<Tensor, Double, Tensor> candidates, Tensor first, Tensor certain, Tensor most)
    implements Relaxation {
  private static final double OUTSIDE = Double.NEGATIVE_INFINITY;

  static Maxima of(BiFunction<Tensor, Double, Tensor> candidates, Interval x) {
    Tensor low = candidates.apply(x.low(), OUTSIDE);
    Tensor high = candidates.apply(x.high(), OUTSIDE);
    int last = low.rank() - 1;
    Tensor first = selection(low.argmax(last), low.size(last));
    Tensor others = first.gt(0.5).choose(high.fullLike(OUTSIDE), high);
    Tensor certain = others.max(last).le(low.max(last)).asDouble().squeeze(last);
    return new Maxima(candidates, first, certain, high.max(last).squeeze(last));
  }

  /** The windows of {@code pool} over a layer of the shape {@code x}. */
  static BiFunction<Tensor, Double, Tensor> windows(Pooling.MaxPool pool, Shape x) {
    Shape windows = pool.shape(List.of(x));
    List<Long> pads = pool.exactPads(x);
    return (layer, outside) -> {
      Tensor padded = Padding.around(layer, pads, outside);
      List<Tensor> places = new ArrayList<>();
      for (long row = 0; row < pool.kernel().get(0); row++) {
        for (long column = 0; column < pool.kernel().get(1); column++) {
          Tensor rows = along(padded, 2, row * pool.dilations().get(0), windows, pool.strides());
          places.add(along(rows, 3, column * pool.dilations().get(1), windows, pool.strides()));
        }
      }
      return Tensor.stack(places, 4);
    };
  }

  private static Tensor along(
      Tensor layer, int dim, long start, Shape windows, List<Long> strides) {
    long stride = strides.get(dim - 2);
    return layer.slice(dim, start, start + (windows.size(dim) - 1) * stride + 1, stride);
  }

  /** All positions of each channel, for a global max-pooling. */
  static Tensor everywhere(Tensor layer, double outside) {
    return layer.reshape(layer.size(0), layer.size(1), 1, 1, -1);
  }

  private static Tensor selection(Tensor indices, long count) {
    double[] places = new double[(int) count];
    for (int i = 0; i < count; i++) {
      places[i] = i;
    }
    return indices.asDouble().unsqueeze(indices.rank()).eq(Tensor.of(places, count)).asDouble();
  }

  @Override
  public Tensor lower(Tensor x) {
    return candidates.apply(x, 0.0).mul(first).sum(4).squeeze(4);
  }

  @Override
  public Tensor upper(Tensor x) {
    return lower(x).mul(certain).add(most.mul(certain.neg().add(1)));
  }
}
