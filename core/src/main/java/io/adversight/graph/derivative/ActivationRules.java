package io.adversight.graph.derivative;

import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Activation.Function;
import io.adversight.graph.operator.Arithmetic.Relation;
import io.adversight.graph.operator.Axes;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Functions of one element, and softmax. Where the derivative follows from the value, the value is
 * used: what lies before the function need not be kept.
 */
final class ActivationRules {
  private static final double ROOT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);

  /** Of the cube in the approximation of GELU (Hendrycks and Gimpel 2016, section 2). */
  private static final double GELU_CUBE = 0.044715;

  private ActivationRules() {}

  static void into(GradientRules.Table table) {
    table
        .put(Activation.Relu.class, (relu, at, i) -> at.times(at.output().above(0)))
        .put(Activation.Clip.class, ActivationRules::clip)
        .put(
            Activation.LeakyRelu.class,
            (leaky, at, i) -> at.times(slopes(at, leaky.alpha() >= 0, leaky.alpha())))
        .put(Activation.Elu.class, (elu, at, i) -> at.times(exponential(at.x(), elu.alpha(), 1)))
        .put(
            Activation.Selu.class,
            (selu, at, i) -> at.times(exponential(at.x(), selu.alpha(), selu.gamma())))
        .put(
            Activation.Sigmoid.class,
            (sigmoid, at, i) -> at.times(at.output().times(at.output().fromOne())))
        .put(
            Activation.HardSigmoid.class,
            (hard, at, i) -> at.times(inside(at.output(), 0, 1).times(hard.alpha())))
        .put(Activation.HardSwish.class, (hard, at, i) -> at.times(hardSwish(at.x())))
        .put(Activation.Tanh.class, (tanh, at, i) -> at.times(at.output().square().fromOne()))
        .put(
            Activation.Softplus.class,
            (softplus, at, i) -> at.times(at.x().apply(new Activation.Sigmoid())))
        .put(
            Activation.Erf.class,
            (erf, at, i) -> at.times(bell(at.x(), 1).times(2 / Math.sqrt(Math.PI))))
        .put(
            Activation.Gelu.class,
            (gelu, at, i) -> at.times(gelu.tanh() ? geluByTanh(at.x()) : gelu(at.x())))
        .put(Activation.Sqrt.class, (sqrt, at, i) -> at.gradient().over(at.output().times(2)))
        .put(Activation.Exp.class, (exp, at, i) -> at.times(at.output()))
        .put(Activation.Log.class, (log, at, i) -> at.gradient().over(at.x()))
        .put(Activation.Neg.class, (neg, at, i) -> at.gradient().negated())
        .put(
            Activation.Reciprocal.class,
            (reciprocal, at, i) -> at.times(at.output().square().negated()))
        .put(Activation.Abs.class, (abs, at, i) -> at.times(at.x().apply(Function.SIGN)))
        .put(Activation.Elementary.class, (function, at, i) -> at.times(elementary(function, at)))
        .put(Activation.Softmax.class, ActivationRules::softmax)
        .put(Activation.LogSoftmax.class, ActivationRules::logSoftmax);
  }

  /** 1 strictly between two numbers, 0 elsewhere. */
  private static Expression inside(Expression x, double low, double high) {
    boolean below = Double.isInfinite(high);
    if (Double.isInfinite(low)) {
      return below ? x.number(1) : x.where(Relation.LESS, x.number(high));
    }
    return below ? x.above(low) : x.between(low, high);
  }

  private static Expression clip(Activation.Clip clip, Step at, int input) {
    return at.times(inside(at.output(), clip.min(), clip.max()));
  }

  /** 1 where positive, alpha elsewhere. */
  private static Expression slopes(Step at, boolean keepsSign, double alpha) {
    Expression positive = (keepsSign ? at.output() : at.x()).above(0);
    return positive.times(1 - alpha).plus(alpha);
  }

  private static Expression exponential(Expression x, double alpha, double gamma) {
    Expression positive = x.above(0);
    Expression below = x.smallerOf(x.number(0)).apply(new Activation.Exp()).times(alpha);
    return positive.plus(positive.fromOne().times(below)).times(gamma);
  }

  private static Expression hardSwish(Expression x) {
    Expression line = x.times(1 / 6.0).plus(0.5);
    Expression gate = line.apply(new Activation.Clip(0, 1));
    return gate.plus(inside(gate, 0, 1).times(x).times(1 / 6.0));
  }

  /** exp(-factor x^2). */
  private static Expression bell(Expression x, double factor) {
    return x.square().times(-factor).apply(new Activation.Exp());
  }

  /** The normal distribution function plus x times its density. */
  private static Expression gelu(Expression x) {
    Expression distribution =
        x.times(Math.sqrt(0.5)).apply(new Activation.Erf()).plus(1).times(0.5);
    Expression density = bell(x, 0.5).times(1 / Math.sqrt(2 * Math.PI));
    return distribution.plus(x.times(density));
  }

  private static Expression geluByTanh(Expression x) {
    Expression squared = x.square();
    Expression tanh =
        x.times(squared.times(GELU_CUBE).plus(1))
            .times(ROOT_TWO_OVER_PI)
            .apply(new Activation.Tanh());
    Expression slope = squared.times(3 * GELU_CUBE).plus(1).times(ROOT_TWO_OVER_PI);
    Expression steep = x.times(tanh.square().fromOne()).times(slope);
    return tanh.plus(1).plus(steep).times(0.5);
  }

  private static Expression elementary(Activation.Elementary elementary, Step at) {
    Expression x = at.x();
    Expression y = at.output();
    return switch (elementary.function()) {
      case SIN -> x.apply(Function.COS);
      case COS -> x.apply(Function.SIN).negated();
      case TAN -> y.square().plus(1);
      case ASIN -> x.square().fromOne().power(-0.5);
      case ACOS -> x.square().fromOne().power(-0.5).negated();
      case ATAN -> x.square().plus(1).power(-1);
      case SINH -> x.apply(Function.COSH);
      case COSH -> x.apply(Function.SINH);
      case ASINH -> x.square().plus(1).power(-0.5);
      case ACOSH -> x.square().plus(-1).power(-0.5);
      case ATANH -> x.square().fromOne().power(-1);
      case SIGN, ROUND, TRUNCATE, NUMBER ->
          throw new IllegalStateException("no gradient passes steps");
    };
  }

  /** The dimensions that a softmax runs over. */
  private static List<Integer> axes(Expression x, int axis, boolean flatten) {
    int first = Axes.of(axis, x.rank());
    return IntStream.range(first, flatten ? x.rank() : first + 1).boxed().toList();
  }

  private static Expression softmax(Activation.Softmax softmax, Step at, int input) {
    Expression y = at.output();
    List<Integer> axes = axes(y, softmax.axis(), softmax.flatten());
    Expression weighted = at.times(y);
    return weighted.minus(y.times(weighted.sum(axes)));
  }

  private static Expression logSoftmax(Activation.LogSoftmax softmax, Step at, int input) {
    Expression y = at.output();
    Expression sum = at.whole().sum(axes(y, softmax.axis(), softmax.flatten()));
    return at.gradient().minus(y.apply(new Activation.Exp()).times(sum));
  }
}
