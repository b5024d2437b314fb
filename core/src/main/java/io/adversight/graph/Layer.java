package io.adversight.graph;

import io.adversight.graph.operator.Operator;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A named place in a graph.
 *
 * @param name the node's name
 * @param type the ONNX operator
 * @param shape of the activation for one image, (1, ...)
 * @param layout how maps lie in it, where that is otherwise than (1, C, H, W)
 */
public record Layer(String name, String type, Shape shape, Optional<MapLayout> layout) {
  /** A layer of maps (1, C, H, W), or of another shape without places. */
  public Layer(String name, String type, Shape shape) {
    this(name, type, shape, Optional.empty());
  }

  /** Whether the activation is a stack of maps (1, C, H, W) with more than one position. */
  public boolean isSpatial() {
    return layout.isEmpty() && hasPlainShape(shape);
  }

  /** Whether the activation has more than one position of the image, however it lies. */
  public boolean hasMaps() {
    return layout.map(known -> known != MapLayout.NONE).orElse(hasPlainShape(shape));
  }

  /**
   * An activation of this layer, or its gradient, as maps (N, C, H, W); as it is without places.
   */
  public Tensor maps(Tensor value) {
    return places().map(known -> known.maps(value)).orElse(value);
  }

  /** The shape of what {@link #maps} makes for one image: (1, C, H, W) where there are places. */
  public Shape mapShape() {
    return places().map(MapLayout::shape).orElse(shape);
  }

  private Optional<MapLayout> places() {
    return layout.filter(known -> known != MapLayout.NONE);
  }

  /** The operators that bring an activation, one after the other, to maps (N, C, H, W). */
  public List<Operator> mapOperators() {
    return layout.map(MapLayout::operators).orElse(List.of());
  }

  /** Factors of channels, (N, C, 1, 1), in a shape in which they multiply an activation. */
  public Tensor spread(Tensor factors) {
    return layout.map(known -> known.spread(factors)).orElse(factors);
  }

  static boolean hasPlainShape(Shape shape) {
    return shape.rank() == 4 && shape.size(2) * shape.size(3) > 1;
  }
}
