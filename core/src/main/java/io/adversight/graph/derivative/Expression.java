package io.adversight.graph.derivative;

import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Activation.Function;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Arithmetic.Relation;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Reduction;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A value of a graph that is being extended. Every operation adds a node.
 *
 * @param graph where it belongs
 * @param name of the node, constant or input
 */
public record Expression(GraphExtension graph, String name) {
  /** Its shape for a small batch. */
  public Shape shape() {
    return graph.shapes(name).get(0);
  }

  /** The number of its dimensions. */
  public int rank() {
    return shape().rank();
  }

  /** The size of a dimension. */
  public long size(int dim) {
    return shape().size(dim);
  }

  /** Whether the size of a dimension depends on the batch size. */
  boolean isOpen(int dim) {
    return graph.shapes(name).get(1).size(dim) != size(dim);
  }

  /** Whether its value is known. */
  public boolean isConstant() {
    return graph.isConstant(name);
  }

  private boolean is(double number) {
    if (!isConstant() || shape().elements() != 1) {
      return false;
    }
    try (Scope scope = Scope.open()) {
      return graph.value(name).item() == number;
    }
  }

  private Expression then(Operator operator, Expression... others) {
    Expression[] all = new Expression[others.length + 1];
    all[0] = this;
    System.arraycopy(others, 0, all, 1, others.length);
    return graph.add(operator, all);
  }

  /** A number. */
  public Expression number(double value) {
    return graph.constant(value);
  }

  /** The sum. */
  public Expression plus(Expression other) {
    return then(new Arithmetic.Add(), other);
  }

  /** The sum with a number. */
  public Expression plus(double number) {
    return number == 0 ? this : plus(number(number));
  }

  /** The difference. */
  public Expression minus(Expression other) {
    return then(new Arithmetic.Sub(), other);
  }

  /** The product. */
  public Expression times(Expression other) {
    if (is(1) && rank() <= other.rank()) {
      return other;
    }
    return other.is(1) && other.rank() <= rank() ? this : then(new Arithmetic.Mul(), other);
  }

  /** The product with a number. */
  public Expression times(double number) {
    return number == 1 ? this : times(number(number));
  }

  /** The quotient. */
  public Expression over(Expression other) {
    return then(new Arithmetic.Div(), other);
  }

  /** This to a power. */
  public Expression power(double exponent) {
    return then(new Arithmetic.Pow(), number(exponent));
  }

  /** The square. */
  public Expression square() {
    return times(this);
  }

  /** The negative. */
  public Expression negated() {
    return then(new Activation.Neg());
  }

  /** A function of each element. */
  public Expression apply(Activation function) {
    return then(function);
  }

  /** A function of each element. */
  public Expression apply(Function function) {
    return then(new Activation.Elementary(function));
  }

  /** 1 minus this. */
  public Expression fromOne() {
    return number(1).minus(this);
  }

  /** The larger of this and another. */
  public Expression largerOf(Expression other) {
    return then(new Arithmetic.Max(), other);
  }

  /** The smaller of this and another. */
  public Expression smallerOf(Expression other) {
    return then(new Arithmetic.Min(), other);
  }

  /** 1 where a relation holds, 0 elsewhere. */
  public Expression where(Relation relation, Expression other) {
    return then(new Arithmetic.Compare(relation), other).apply(Function.NUMBER);
  }

  /** 1 where above a number, 0 elsewhere. */
  public Expression above(double number) {
    return where(Relation.GREATER, number(number));
  }

  /** 1 strictly between two numbers, 0 elsewhere; joined while a truth value takes one byte. */
  Expression between(double low, double high) {
    Expression above = then(new Arithmetic.Compare(Relation.GREATER), number(low));
    Expression under = then(new Arithmetic.Compare(Relation.LESS), number(high));
    return above.then(new Arithmetic.Compare(Relation.AND), under).apply(Function.NUMBER);
  }

  /** The matrix product. */
  public Expression matmul(Expression other) {
    return then(new Linear.MatMul(), other);
  }

  /** The sum over some dimensions, which stay with size 1. */
  public Expression sum(List<Integer> axes) {
    return axes.isEmpty() ? this : then(new Reduction.ReduceSum(axes, true));
  }

  /** The mean over some dimensions, which stay with size 1. */
  public Expression mean(List<Integer> axes) {
    return axes.isEmpty() ? this : then(new Reduction.ReduceMean(axes, true));
  }

  /** The largest element over some dimensions, which stay with size 1. */
  public Expression max(List<Integer> axes) {
    return then(new Reduction.ReduceMax(axes, true));
  }

  /** The dimensions in another order. */
  public Expression transposed(List<Long> order) {
    return order.equals(LongStream.range(0, rank()).boxed().toList())
        ? this
        : then(new Layout.Transpose(order));
  }

  /** The last two dimensions exchanged. */
  public Expression transposed() {
    List<Long> order = new ArrayList<>(LongStream.range(0, rank()).boxed().toList());
    Collections.swap(order, rank() - 2, rank() - 1);
    return transposed(order);
  }

  /** The same elements in another shape; -1 stands for what remains. */
  public Expression reshaped(List<Long> sizes) {
    return then(new Layout.Reshape(sizes, false));
  }

  /** The same elements in the shape of another value. */
  public Expression reshapedLike(Expression other) {
    if (graph.shapes(name).equals(graph.shapes(other.name))) {
      return this;
    }
    return reshaped(other.sizes());
  }

  /** The sizes of all dimensions, -1 for one that depends on the batch size. */
  public List<Long> sizes() {
    return IntStream.range(0, rank()).mapToObj(i -> isOpen(i) ? -1 : size(i)).toList();
  }

  /** Dimensions of size 1 added. */
  public Expression unsqueezed(Integer... axes) {
    return then(new Layout.Unsqueeze(List.of(axes)));
  }

  /** Dimensions of size 1 removed. */
  public Expression squeezed(Integer... axes) {
    return then(new Layout.Squeeze(List.of(axes)));
  }

  /** The elements from {@code start} to before {@code end} of a dimension. */
  public Expression slice(int axis, long start, long end) {
    return start == 0 && end == size(axis) && !isOpen(axis)
        ? this
        : then(new Layout.Slice(List.of(start), List.of(end), List.of(axis), List.of(1L)));
  }

  /** A dimension in the opposite order. */
  public Expression reversed(int axis) {
    return size(axis) == 1
        ? this
        : then(
            new Layout.Slice(
                List.of(-1L), List.of(Long.MIN_VALUE + 1), List.of(axis), List.of(-1L)));
  }

  /** Elements added around this, or cut off where below 0. */
  public Expression padded(List<Long> pads, double value) {
    return pads.stream().allMatch(pad -> pad == 0)
        ? this
        : then(new Layout.Pad(Layout.Pad.Mode.CONSTANT, pads, value));
  }

  /** {@code matrix}, (new size, size), applied to every vector along a dimension. */
  public Expression along(int axis, Expression matrix) {
    if (axis == rank() - 2) {
      return matrix.matmul(this);
    }
    if (axis == rank() - 1) {
      return matmul(matrix.transposed());
    }
    List<Long> order = new ArrayList<>(LongStream.range(0, rank()).boxed().toList());
    Collections.swap(order, axis, rank() - 1);
    return transposed(order).matmul(matrix.transposed()).transposed(order);
  }

  /** This in the shape of a value that it broadcasts to. */
  public Expression expandedTo(Expression like) {
    if (graph.shapes(name).equals(graph.shapes(like.name))) {
      return this;
    }
    List<Long> sizes = new ArrayList<>();
    boolean withoutBatch = false;
    for (int i = 0; i < like.rank(); i++) {
      boolean open = like.isOpen(i);
      int own = i - like.rank() + rank();
      withoutBatch |= open && (own < 0 || !isOpen(own));
      sizes.add(open ? 1 : like.size(i));
    }
    Expression batched = withoutBatch ? plus(like.times(0)) : this;
    return withoutBatch ? batched : batched.then(new Layout.Expand(sizes));
  }

  /** The sum over the dimensions along which a value was repeated. */
  public Expression summedTo(Expression like) {
    int more = rank() - like.rank();
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      if (i < more || (like.size(i - more) == 1 && size(i) != 1)) {
        axes.add(i);
      }
    }
    Expression summed = sum(axes);
    return more == 0
        ? summed
        : summed.squeezed(IntStream.range(0, more).boxed().toArray(Integer[]::new));
  }

  /** This as a node of its own. */
  Expression copied() {
    return then(new Layout.Squeeze(List.of()));
  }
}
