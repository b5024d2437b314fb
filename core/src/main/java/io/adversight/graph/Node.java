package io.adversight.graph;

import java.util.List;

/**
 * One step of a graph; its name is the layer's name.
 *
 * @param name unique in its graph
 * @param operator what is computed
 * @param inputs names of nodes, of constants, or the graph's input
 */
public record Node(String name, Operator operator, List<String> inputs) {
  public Node {
    inputs = List.copyOf(inputs);
  }
}
