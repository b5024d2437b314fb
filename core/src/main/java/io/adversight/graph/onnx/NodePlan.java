package io.adversight.graph.onnx;

import io.adversight.graph.operator.Operator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a node of a file becomes.
 *
 * @param operator what is computed
 * @param inputs which of the node's inputs it takes; {@link #GRAPH_INPUT} is the network's
 */
record NodePlan(Operator operator, List<Integer> inputs) {
  /** Stands for the network's input. */
  static final int GRAPH_INPUT = -1;

  NodePlan {
    inputs = List.copyOf(inputs);
  }

  /** A step that takes all inputs the node has. */
  static NodePlan all(OnnxNode node, Operator operator) {
    return new NodePlan(
        operator, IntStream.range(0, node.inputs()).filter(node::hasInput).boxed().toList());
  }

  /** A step that takes the first input; the others have become its attributes. */
  static NodePlan first(Operator operator) {
    return new NodePlan(operator, List.of(0));
  }
}
