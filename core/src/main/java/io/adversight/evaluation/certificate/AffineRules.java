package io.adversight.evaluation.certificate;

import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Pooling;
import io.adversight.graph.operator.Reduction;
import io.adversight.graph.operator.Resampling;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Intervals behind operators that are affine in the activations (Gowal et al. 2018, eq. 6). */
final class AffineRules {
  private AffineRules() {}

  /**
   * Whether an operator is affine in its inputs.
   *
   * @param constant which of its inputs are weights
   */
  static boolean isAffine(Operator operator, List<Boolean> constant) {
    long variable = constant.stream().filter(each -> !each).count();
    if (operator instanceof Linear
        || operator instanceof Arithmetic.Mul
        || operator instanceof Normalization.BatchNormalization) {
      return variable == 1;
    }
    return (operator instanceof Arithmetic.Div && constant.get(1))
        || operator instanceof Arithmetic.Sub
        || operator instanceof Activation.Neg
        || isRising(operator);
  }

  /** Whether no output falls as an input rises. */
  private static boolean isRising(Operator operator) {
    return operator instanceof Arithmetic.Add
        || operator instanceof Arithmetic.Sum
        || operator instanceof Layout
        || operator instanceof Pooling.AveragePool
        || operator instanceof Pooling.GlobalAveragePool
        || operator instanceof Reduction.ReduceMean
        || operator instanceof Reduction.ReduceSum
        || operator instanceof Resampling.Resize;
  }

  /**
   * The interval of an affine operator's output.
   *
   * @param inputs intervals; a weight's bounds are equal
   * @param constant which of the inputs are weights
   */
  static Interval of(Operator operator, List<Interval> inputs, List<Boolean> constant) {
    List<Tensor> low = inputs.stream().map(Interval::low).toList();
    List<Tensor> high = inputs.stream().map(Interval::high).toList();
    if (isRising(operator)) {
      return new Interval(operator.forward(low), operator.forward(high));
    }
    if (operator instanceof Arithmetic.Sub) {
      return new Interval(
          operator.forward(List.of(low.get(0), high.get(1))),
          operator.forward(List.of(high.get(0), low.get(1))));
    }
    if (operator instanceof Linear linear) {
      Tensor middle = linear.forward(changed(inputs, constant, AffineRules::middle, each -> each));
      Tensor reach = reach(linear, inputs, constant, AffineRules::radius);
      return new Interval(middle.sub(reach), middle.add(reach));
    }
    // Each output element follows one input element, up or down.
    Tensor a = operator.forward(low);
    Tensor b = operator.forward(high);
    return new Interval(a.minimum(b), a.maximum(b));
  }

  /**
   * How far a linear operator's outputs move at most: |W| r, for a radius r of each input element.
   */
  static Tensor reach(
      Linear linear,
      List<Interval> inputs,
      List<Boolean> constant,
      java.util.function.Function<Interval, Tensor> radius) {
    List<Tensor> absolute = new ArrayList<>(changed(inputs, constant, radius, Tensor::abs));
    if (absolute.size() > 2) {
      absolute.set(2, absolute.get(2).fullLike(0)); // the bias moves nothing
    }
    return linear.forward(absolute).abs();
  }

  private static List<Tensor> changed(
      List<Interval> inputs,
      List<Boolean> constant,
      java.util.function.Function<Interval, Tensor> variable,
      UnaryOperator<Tensor> weight) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      tensors.add(
          constant.get(i) ? weight.apply(inputs.get(i).low()) : variable.apply(inputs.get(i)));
    }
    return tensors;
  }

  private static Tensor middle(Interval interval) {
    return interval.low().add(interval.high()).div(2);
  }

  private static Tensor radius(Interval interval) {
    return interval.high().sub(interval.low()).div(2);
  }
}
