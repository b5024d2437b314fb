package io.adversight.graph.derivative;

import io.adversight.graph.operator.Operator;

/**
 * How a gradient passes an operator.
 *
 * @param <O> the operator
 */
@FunctionalInterface
interface GradientRule<O extends Operator> {
  /**
   * The gradient with respect to the {@code input}-th input, in the input's shape or in one that
   * broadcasts to it.
   *
   * @throws NoRule if the gradient does not pass this input
   */
  Expression gradient(O operator, Step step, int input);
}
