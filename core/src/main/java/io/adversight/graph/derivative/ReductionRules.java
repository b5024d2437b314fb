package io.adversight.graph.derivative;

import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Activation.Function;
import io.adversight.graph.operator.Arithmetic.Relation;
import io.adversight.graph.operator.Axes;
import io.adversight.graph.operator.Reduction;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that summarise whole dimensions. */
final class ReductionRules {
  private ReductionRules() {}

  static void into(GradientRules.Table table) {
    put(table, Reduction.ReduceSum.class, (x, y, g) -> g);
    put(
        table,
        Reduction.ReduceMean.class,
        (x, y, g) -> g.times((double) y.shape().elements() / x.shape().elements()));
    put(table, Reduction.ReduceMax.class, ReductionRules::shared);
    put(table, Reduction.ReduceMin.class, ReductionRules::shared);
    put(table, Reduction.ReduceL1.class, (x, y, g) -> g.times(x.apply(Function.SIGN)));
    put(
        table,
        Reduction.ReduceL2.class,
        (x, y, g) -> g.times(x.over(y.plus(y.where(Relation.EQUAL, y.number(0))))));
    put(
        table,
        Reduction.ReduceLogSumExp.class,
        (x, y, g) -> g.times(x.minus(y).apply(new Activation.Exp())));
  }

  /** The gradient for an input, with output and gradient that have all dimensions. */
  private interface Kept {
    Expression gradient(Expression x, Expression output, Expression gradient);
  }

  private static <O extends Reduction> void put(
      GradientRules.Table table, Class<O> type, Kept rule) {
    table.put(
        type,
        (reduction, at, i) -> {
          Expression x = at.x();
          if (reduction.keepDimensions()) {
            return rule.gradient(x, at.output(), at.gradient());
          }
          List<Long> sizes = sizes(x, reduction);
          return rule.gradient(x, at.output().reshaped(sizes), at.whole().reshaped(sizes));
        });
  }

  private static List<Long> sizes(Expression x, Reduction reduction) {
    List<Integer> gone =
        reduction.axes().isEmpty()
            ? IntStream.range(0, x.rank()).boxed().toList()
            : reduction.axes().stream().map(axis -> Axes.of(axis, x.rank())).toList();
    List<Long> all = x.sizes();
    return IntStream.range(0, x.rank())
        .mapToObj(dim -> gone.contains(dim) ? 1L : all.get(dim))
        .toList();
  }

  /** The gradient in equal shares for all elements that are the extreme one. */
  static Expression shared(Expression x, Expression extreme, Expression gradient) {
    Expression ties = x.where(Relation.EQUAL, extreme);
    List<Integer> axes =
        IntStream.range(0, x.rank())
            .filter(dim -> extreme.size(dim) == 1 && x.size(dim) != 1)
            .boxed()
            .toList();
    return ties.times(gradient.over(ties.sum(axes)));
  }
}
