package io.adversight.training.architecture;

import io.adversight.graph.Graph;
import io.adversight.graph.onnx.ImportOptions;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.model.AxisOrder;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelFile;
import io.adversight.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The first part of an imported network.
 *
 * @param card of the whole network
 * @param graph from its input to the maps of features
 * @param channels of these maps
 */
public record Backbone(ModelCard card, Graph graph, int channels) {
  /** The part of a network up to a layer. */
  static Backbone of(ModelFile file, String layer) {
    ModelCard card = file.card();
    ImportOptions options = new ImportOptions().folding(false).image(image(card));
    Graph whole = file.network(options).graph();
    Shape maps =
        Optional.ofNullable(whole.shapes(image(card)).get(layer))
            .filter(shape -> whole.nodes().stream().anyMatch(node -> node.name().equals(layer)))
            .orElseThrow(() -> unknown(card, layer, whole));
    if (maps.rank() != 4) {
      throw new InputException(
          "a head needs a layer of maps (1, C, H, W), but layer \"%s\" of \"%s\" has shape %s"
              .formatted(layer, card.name(), maps));
    }
    return new Backbone(card, whole.upTo(layer), (int) maps.size(1));
  }

  /** The shape (1, ...) of one image as a network takes it. */
  public static Shape image(ModelCard card) {
    int channels = card.input().channels();
    int height = card.input().height();
    int width = card.input().width();
    return card.preprocessing().layout() == AxisOrder.NCHW
        ? Shape.of(1, channels, height, width)
        : Shape.of(1, height, width, channels);
  }

  private static UnknownNameException unknown(ModelCard card, String layer, Graph whole) {
    List<String> layers =
        whole.layers(image(card)).stream()
            .filter(each -> each.shape().rank() == 4)
            .map(each -> each.name())
            .toList();
    return new UnknownNameException(
        "layer \"%s\" does not exist in \"%s\"; the layers of maps are %s"
            .formatted(layer, card.name(), String.join(", ", layers)));
  }

  /** The layer of the maps of features. */
  public String layer() {
    return graph.output();
  }

  /** Whether a weight belongs to this part. */
  public boolean has(String weight) {
    return graph.nodes().stream().anyMatch(node -> node.inputs().contains(weight));
  }
}
