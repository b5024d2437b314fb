package io.adversight.model;

import io.adversight.graph.Layer;
import java.util.List;

/** The messages about layers that do not exist, or not as they are needed. */
final class UnknownLayer {
  private static final int SHOWN = 40;

  private UnknownLayer() {}

  static String message(String name, List<Layer> layers) {
    return "layer \"%s\" does not exist; the layers are %s".formatted(name, list(layers));
  }

  static String notSpatial(Layer layer, List<Layer> layers) {
    return "layer \"%s\" (%s) has the shape %s without rows and columns, so it cannot carry a map; layers that can are %s"
        .formatted(
            layer.name(),
            layer.type(),
            layer.shape(),
            list(layers.stream().filter(Layer::hasMaps).toList()));
  }

  private static String list(List<Layer> layers) {
    List<String> names = layers.stream().map(Layer::name).toList();
    return names.size() <= SHOWN
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, SHOWN / 2))
            + ", ..., "
            + String.join(", ", names.subList(names.size() - SHOWN / 2, names.size()));
  }
}
