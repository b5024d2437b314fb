package io.adversight.graph;

import io.adversight.tensor.Shape;

/**
 * A named place in a graph.
 *
 * @param name the node's name
 * @param type the ONNX operator
 * @param shape of the activation for one image, (1, ...)
 */
public record Layer(String name, String type, Shape shape) {
  /** Whether the activation is a stack of maps with more than one position. */
  public boolean isSpatial() {
    return shape.rank() == 4 && shape.size(2) * shape.size(3) > 1;
  }
}
