package io.adversight.graph.derivative;

import io.adversight.graph.operator.Activation.Function;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Arithmetic.Relation;
import io.adversight.graph.operator.AutoPad;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Pooling;
import io.adversight.graph.operator.Selection;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that summarise windows. */
final class PoolingRules {
  /** Below every activation, and still finite. */
  private static final double LOWEST = -3e38;

  private PoolingRules() {}

  static void into(GradientRules.Table table) {
    table
        .put(Pooling.MaxPool.class, PoolingRules::maxPool)
        .put(Pooling.AveragePool.class, PoolingRules::averagePool)
        .put(
            Pooling.GlobalAveragePool.class,
            (pool, at, i) -> {
              List<Integer> positions = positions(at.x());
              double area = 1;
              for (int dim : positions) {
                area *= at.x().size(dim);
              }
              return at.gradient().times(1 / area);
            })
        .put(
            Pooling.GlobalMaxPool.class,
            (pool, at, i) -> ReductionRules.shared(at.x(), at.output(), at.gradient()));
  }

  private static List<Integer> positions(Expression x) {
    return IntStream.range(2, x.rank()).boxed().toList();
  }

  /** The first of the largest elements of each window gets its gradient, as in the engine. */
  private static Expression maxPool(Pooling.MaxPool pool, Step at, int input) {
    Expression x = at.x();
    List<Long> pads = pool.exactPads(x.shape());
    Expression padded = x.padded(aroundPositions(pads, 1), LOWEST);
    Expression windows = windows(padded, pool, at.output());
    long count = windows.size(2);
    Expression places =
        x.graph().constant(Tensor.of(LongStream.range(0, count).toArray(), 1, 1, count, 1, 1));
    Expression largest = x.graph().add(new Selection.ArgExtreme(2, true, true, false), windows);
    Expression first =
        x.graph()
            .add(new Arithmetic.Compare(Relation.EQUAL), largest, places)
            .apply(Function.NUMBER);
    Expression shares = first.times(at.whole().unsqueezed(2));
    long channels = x.size(1);
    Expression spread =
        shares.reshaped(List.of(-1L, channels * count, at.output().size(2), at.output().size(3)));
    Expression summed =
        x.graph()
            .add(
                new Linear.ConvTranspose(
                    pool.strides(),
                    List.of(0L, 0L, 0L, 0L),
                    pool.dilations(),
                    List.of(0L, 0L),
                    List.of(),
                    channels,
                    AutoPad.NOTSET),
                spread,
                x.graph().constant(places(channels, pool.kernel())));
    return summed.padded(aroundPositions(pads, -1), 0);
  }

  private static List<Long> aroundPositions(List<Long> pads, long factor) {
    List<Long> all = new ArrayList<>(Collections.nCopies(8, 0L));
    for (int i = 0; i < 2; i++) {
      all.set(2 + i, factor * pads.get(i));
      all.set(6 + i, factor * pads.get(2 + i));
    }
    return all;
  }

  /** The elements of every window, (N, C, elements, rows, columns). */
  private static Expression windows(Expression padded, Pooling.MaxPool pool, Expression output) {
    List<Expression> elements = new ArrayList<>();
    for (long row = 0; row < pool.kernel().get(0); row++) {
      for (long column = 0; column < pool.kernel().get(1); column++) {
        List<Long> starts =
            List.of(row * pool.dilations().get(0), column * pool.dilations().get(1));
        List<Long> ends =
            List.of(
                starts.get(0) + (output.size(2) - 1) * pool.strides().get(0) + 1,
                starts.get(1) + (output.size(3) - 1) * pool.strides().get(1) + 1);
        Layout.Slice slice = new Layout.Slice(starts, ends, List.of(2, 3), pool.strides());
        elements.add(padded.graph().add(slice, padded).unsqueezed(2));
      }
    }
    return padded.graph().add(new Layout.Concat(2), elements.toArray(Expression[]::new));
  }

  /** For each channel and element of a window a kernel with a 1 at the element's place. */
  private static Tensor places(long channels, List<Long> kernel) {
    int elements = Math.toIntExact(kernel.get(0) * kernel.get(1));
    float[] values = new float[Math.toIntExact(channels * elements * elements)];
    for (int i = 0; i < channels * elements; i++) {
      values[i * elements + i % elements] = 1;
    }
    return Tensor.of(values, channels * elements, 1, kernel.get(0), kernel.get(1));
  }

  private static Expression averagePool(Pooling.AveragePool pool, Step at, int input) {
    long channels = at.x().size(1);
    Expression x = at.x();
    List<Long> pads = pool.exactPads(x.shape());
    Expression shares = at.whole().over(x.graph().constant(pool.counts(x.shape())));
    Tensor ones = Tensor.ones(channels, 1, pool.kernel().get(0), pool.kernel().get(1));
    Expression spread =
        x.graph()
            .add(
                new Linear.ConvTranspose(
                    pool.strides(),
                    List.of(0L, 0L, 0L, 0L),
                    List.of(1L, 1L),
                    List.of(0L, 0L),
                    List.of(),
                    channels,
                    AutoPad.NOTSET),
                shares,
                x.graph().constant(ones));
    return spread.padded(aroundPositions(pads, -1), 0);
  }
}
