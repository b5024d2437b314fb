package io.adversight.graph;

import io.adversight.graph.operator.Operator;
import io.adversight.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

  /** The shape of this node's value, given those of everything before it. */
  Shape shape(Map<String, Shape> known) {
    List<Shape> shapes = new ArrayList<>();
    for (String input : inputs) {
      Shape shape = known.get(input);
      if (shape == null) {
        throw new IllegalArgumentException("\"%s\" has no shape yet".formatted(input));
      }
      shapes.add(shape);
    }
    try {
      return operator.shape(shapes);
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "layer \"%s\" (%s) does not fit inputs %s".formatted(name, operator.type(), shapes), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "layer \"%s\" (%s): %s".formatted(name, operator.type(), e.getMessage()), e);
    }
  }
}
