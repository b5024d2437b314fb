package io.adversight.graph.derivative;

import io.adversight.graph.Node;
import java.util.List;

/**
 * A node that a gradient passes.
 *
 * @param node which one
 * @param inputs the values it takes
 * @param output the value it makes
 * @param gradient the gradient with respect to its output; dimensions over which it is constant may
 *     have size 1
 */
record Step(Node node, List<Expression> inputs, Expression output, Expression gradient) {
  Step {
    inputs = List.copyOf(inputs);
  }

  /** The first input. */
  Expression x() {
    return inputs.get(0);
  }

  /** The gradient in the shape of the output. */
  Expression whole() {
    return gradient.expandedTo(output);
  }

  /** The gradient times the derivative of a function of one element. */
  Expression times(Expression derivative) {
    return gradient.times(derivative);
  }

  /** That the gradient does not pass here. */
  NoRule without(String reason) {
    return new NoRule(node, reason);
  }
}
