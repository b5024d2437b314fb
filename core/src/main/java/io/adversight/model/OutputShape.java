package io.adversight.model;

import io.adversight.graph.Graph;
import io.adversight.input.InputException;
import io.adversight.tensor.Shape;

/** How many numbers a network gives for an image, by the shape of its output. */
final class OutputShape {
  private OutputShape() {}

  /**
   * The number of values for one image.
   *
   * @param image shape (1, ...) of one image
   * @throws InputException if they are a map: more than one axis beside the batch is longer than 1
   */
  static int outputs(Graph graph, Shape image) {
    Shape shape = graph.shapes(image).getOrDefault(graph.output(), image);
    int longer = 0;
    for (int axis = 1; axis < shape.rank(); axis++) {
      longer += shape.size(axis) > 1 ? 1 : 0;
    }
    if (longer > 1) {
      throw new InputException(
          "output \"%s\" has shape %s, a map, but a classifier gives one number per class"
              .formatted(graph.output(), shape));
    }
    return Math.toIntExact(shape.elements());
  }
}
