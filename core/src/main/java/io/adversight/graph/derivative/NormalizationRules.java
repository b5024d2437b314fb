package io.adversight.graph.derivative;

import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Axes;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that bring activations to a common scale. */
final class NormalizationRules {
  private static final List<Long> ONES = List.of(1L, 1L);
  private static final List<Long> NONE = List.of(0L, 0L, 0L, 0L);

  private NormalizationRules() {}

  static void into(GradientRules.Table table) {
    table
        .put(Normalization.BatchNormalization.class, NormalizationRules::batch)
        .put(
            Normalization.InstanceNormalization.class,
            (norm, at, i) ->
                standardized(
                    checked(at, i),
                    IntStream.range(2, at.x().rank()).boxed().toList(),
                    norm.epsilon(),
                    perChannel(at.inputs().get(1), at.x().rank())))
        .put(
            Normalization.LayerNormalization.class,
            (norm, at, i) ->
                standardized(
                    checked(at, i),
                    IntStream.range(Axes.of(norm.axis(), at.x().rank()), at.x().rank())
                        .boxed()
                        .toList(),
                    norm.epsilon(),
                    at.inputs().get(1)))
        .put(Normalization.LRN.class, NormalizationRules::lrn);
  }

  private static Step checked(Step at, int input) {
    if (input != 0) {
      throw at.without("its weights depend on the pixels");
    }
    return at;
  }

  private static Expression perChannel(Expression values, int rank) {
    List<Long> sizes = new ArrayList<>(Collections.nCopies(rank - 1, 1L));
    sizes.set(0, values.size(0));
    return values.reshaped(sizes);
  }

  private static Expression batch(Normalization.BatchNormalization norm, Step at, int input) {
    checked(at, input);
    Expression scale = at.inputs().get(1);
    Expression deviation = at.inputs().get(4).plus(norm.epsilon()).apply(new Activation.Sqrt());
    return at.times(perChannel(scale.over(deviation), at.x().rank()));
  }

  /** What mean and variance over {@code axes} take from the gradient. */
  private static Expression standardized(
      Step at, List<Integer> axes, double epsilon, Expression scale) {
    Expression centred = at.x().minus(at.x().mean(axes));
    Expression deviation = centred.square().mean(axes).plus(epsilon).apply(new Activation.Sqrt());
    Expression normal = centred.over(deviation);
    Expression scaled = at.whole().times(scale);
    Expression along = normal.times(scaled.times(normal).mean(axes));
    return scaled.minus(scaled.mean(axes)).minus(along).over(deviation);
  }

  /** With b = bias + alpha / size times the sum of squares: the output is x b^-beta. */
  private static Expression lrn(Normalization.LRN lrn, Step at, int input) {
    Expression x = at.x();
    Expression neighbours = x.graph().constant(neighbours(lrn.size(), x.size(1)));
    double share = lrn.alpha() / lrn.size();
    Expression base = mixed(x.square().times(share), neighbours).plus(lrn.bias());
    Expression direct = at.times(base.power(-lrn.beta()));
    Expression inSums = at.times(at.output()).over(base);
    Expression back = mixed(inSums, neighbours.transposed(List.of(1L, 0L, 2L, 3L)));
    return direct.minus(x.times(back).times(2 * share * lrn.beta()));
  }

  private static Expression mixed(Expression x, Expression weights) {
    return x.graph().add(new Linear.Conv(ONES, NONE, ONES, 1), x, weights);
  }

  /** 1 where the second channel is in the neighbourhood of the first, (C, C, 1, 1). */
  private static Tensor neighbours(long size, long channels) {
    int count = Math.toIntExact(channels);
    long before = (size - 1) / 2;
    float[] values = new float[count * count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        int distance = j - i;
        values[i * count + j] = distance >= -before && distance <= size - 1 - before ? 1 : 0;
      }
    }
    return Tensor.of(values, channels, channels, 1, 1);
  }
}
