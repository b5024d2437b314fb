package io.adversight.graph.derivative;

import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.PerImageOperator;
import io.adversight.graph.operator.Selection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The rules of all operators. */
final class GradientRules {
  /** Functions with steps: their gradient is 0. */
  private static final Set<Activation.Function> STEPS =
      Set.of(
          Activation.Function.SIGN,
          Activation.Function.ROUND,
          Activation.Function.TRUNCATE,
          Activation.Function.NUMBER);

  private static final Map<Class<? extends Operator>, GradientRule<?>> RULES = rules();

  private GradientRules() {}

  /** The rules by operator, one at a time. */
  static final class Table {
    private final Map<Class<? extends Operator>, GradientRule<?>> rules = new HashMap<>();

    <O extends Operator> Table put(Class<O> type, GradientRule<O> rule) {
      if (rules.put(type, rule) != null) {
        throw new IllegalStateException("two rules for " + type.getSimpleName());
      }
      return this;
    }
  }

  private static Map<Class<? extends Operator>, GradientRule<?>> rules() {
    Table table = new Table();
    ActivationRules.into(table);
    ArithmeticRules.into(table);
    LinearRules.into(table);
    PoolingRules.into(table);
    NormalizationRules.into(table);
    ReductionRules.into(table);
    LayoutRules.into(table);
    return Map.copyOf(table.rules);
  }

  /** Whether the gradient with respect to the inputs of an operator is 0 everywhere. */
  static boolean isConstantAlmostEverywhere(Operator operator) {
    return operator instanceof Arithmetic.Compare
        || operator instanceof Activation.Not
        || operator instanceof Activation.IsInf
        || operator instanceof Activation.IsNaN
        || operator instanceof Activation.Floor
        || operator instanceof Activation.Ceil
        || (operator instanceof Activation.Elementary elementary
            && STEPS.contains(elementary.function()))
        || (operator instanceof Selection selection && selection.isOfIndices());
  }

  /**
   * The gradient with respect to the {@code input}-th input of a node.
   *
   * @throws NoRule if its operator has no rule, or none in this form
   */
  static Expression gradient(Step step, int input) {
    Node node = step.node();
    @SuppressWarnings("unchecked") // Table.put ties each rule to its class.
    GradientRule<Operator> rule = (GradientRule<Operator>) RULES.get(node.operator().getClass());
    if (rule == null) {
      throw step.without(
          node.operator() instanceof PerImageOperator
              ? "it is computed image by image"
              : "this operator has no rule");
    }
    return rule.gradient(node.operator(), step, input);
  }
}
