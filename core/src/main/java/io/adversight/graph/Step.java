package io.adversight.graph;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a node of a file becomes.
 *
 * @param operator what is computed
 * @param inputs which of the node's inputs it takes; {@link #GRAPH_INPUT} is the network's
 */
record Step(Operator operator, List<Integer> inputs) {
  /** Stands for the network's input. */
  static final int GRAPH_INPUT = -1;

  Step {
    inputs = List.copyOf(inputs);
  }

  /** A step that takes all inputs the node has. */
  static Step all(OnnxNode node, Operator operator) {
    return new Step(
        operator, IntStream.range(0, node.inputs()).filter(node::hasInput).boxed().toList());
  }

  /** A step that takes the first input; the others have become its attributes. */
  static Step first(Operator operator) {
    return new Step(operator, List.of(0));
  }
}
