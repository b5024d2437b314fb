package io.adversight.graph.derivative;

import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Activation.Function;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Arithmetic.Relation;
import java.util.List;

/** Element-by-element operations of several inputs; a repeated input gets the sum. */
final class ArithmeticRules {
  private ArithmeticRules() {}

  static void into(GradientRules.Table table) {
    put(table, Arithmetic.Add.class, (add, at, i) -> at.gradient());
    put(table, Arithmetic.Sum.class, (sum, at, i) -> at.gradient());
    put(
        table,
        Arithmetic.Sub.class,
        (sub, at, i) -> i == 0 ? at.gradient() : at.gradient().negated());
    put(table, Arithmetic.Mul.class, (mul, at, i) -> at.times(at.inputs().get(1 - i)));
    put(table, Arithmetic.Div.class, ArithmeticRules::div);
    put(table, Arithmetic.Pow.class, ArithmeticRules::pow);
    put(table, Arithmetic.Mod.class, ArithmeticRules::mod);
    put(table, Arithmetic.Where.class, ArithmeticRules::where);
    put(table, Arithmetic.PRelu.class, ArithmeticRules::prelu);
    put(table, Arithmetic.Max.class, (max, at, i) -> extreme(at, i, true));
    put(table, Arithmetic.Min.class, (min, at, i) -> extreme(at, i, false));
  }

  private static <O extends Arithmetic> void put(
      GradientRules.Table table, Class<O> type, GradientRule<O> rule) {
    table.put(type, (operator, at, i) -> toInput(rule.gradient(operator, at, i), at, i));
  }

  private static Expression toInput(Expression gradient, Step at, int i) {
    Expression input = at.inputs().get(i);
    return input.shape().equals(at.output().shape())
        ? gradient
        : gradient.expandedTo(at.output()).summedTo(input);
  }

  private static Expression div(Arithmetic.Div div, Step at, int i) {
    Expression quotient = at.gradient().over(at.inputs().get(1));
    return i == 0 ? quotient : quotient.times(at.output()).negated();
  }

  private static Expression pow(Arithmetic.Pow pow, Step at, int i) {
    Expression base = at.x();
    Expression exponent = at.inputs().get(1);
    if (i == 1) {
      return at.times(at.output().times(base.apply(new Activation.Log())));
    }
    Expression less = exponent.plus(-1);
    return at.times(exponent.times(base.graph().add(new Arithmetic.Pow(), base, less)));
  }

  private static Expression mod(Arithmetic.Mod mod, Step at, int i) {
    if (i == 0) {
      return at.gradient();
    }
    Expression quotient = at.x().minus(at.output()).over(at.inputs().get(1));
    return at.times(quotient).negated();
  }

  private static Expression where(Arithmetic.Where where, Step at, int i) {
    Expression chosen = at.x().apply(Function.NUMBER);
    return at.times(i == 1 ? chosen : chosen.fromOne());
  }

  /** At 0 both slopes are 0, as in the engine. */
  private static Expression prelu(Arithmetic.PRelu prelu, Step at, int i) {
    Expression x = at.x();
    Expression negative = x.where(Relation.LESS, x.number(0));
    return at.times(
        i == 0 ? x.above(0).plus(negative.times(at.inputs().get(1))) : negative.times(x));
  }

  /** Of two equal elements each gets half; inputs are compared one after the other. */
  private static Expression extreme(Step at, int input, boolean largest) {
    List<Expression> inputs = at.inputs();
    Expression[] before = new Expression[inputs.size()];
    before[0] = inputs.get(0);
    for (int k = 1; k < before.length; k++) {
      before[k] =
          largest ? before[k - 1].largerOf(inputs.get(k)) : before[k - 1].smallerOf(inputs.get(k));
    }
    Expression share = at.gradient();
    for (int k = before.length - 1; k > input; k--) {
      share = share.times(wins(before[k - 1], inputs.get(k), largest));
    }
    return input == 0 ? share : share.times(wins(inputs.get(input), before[input - 1], largest));
  }

  private static Expression wins(Expression x, Expression other, boolean largest) {
    return x.where(largest ? Relation.GREATER : Relation.LESS, other)
        .plus(x.where(Relation.EQUAL, other).times(0.5));
  }
}
