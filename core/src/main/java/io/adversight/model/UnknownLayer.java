package io.adversight.model;

import io.adversight.graph.Layer;
import java.util.List;

/** The message about a layer that does not exist. */
final class UnknownLayer {
  private static final int SHOWN = 40;

  private UnknownLayer() {}

  static String message(String name, List<Layer> layers) {
    List<String> names = layers.stream().map(Layer::name).toList();
    String list =
        names.size() <= SHOWN
            ? String.join(", ", names)
            : String.join(", ", names.subList(0, SHOWN / 2))
                + ", ..., "
                + String.join(", ", names.subList(names.size() - SHOWN / 2, names.size()));
    return "layer \"%s\" does not exist; the layers are %s".formatted(name, list);
  }
}
