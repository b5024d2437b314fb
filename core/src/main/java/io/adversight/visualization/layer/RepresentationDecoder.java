package io.adversight.visualization.layer;

import io.adversight.graph.Graph;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * A network that was trained to make an image from a layer's code (Dosovitskiy and Brox 2016).
 *
 * @param graph from codes (N, C, H, W) to pixels in [0, 1], (N, 1 or 3, H, W)
 */
public record RepresentationDecoder(Graph graph) {
  /**
   * The image that belongs to a code.
   *
   * @throws IllegalArgumentException if the decoder does not take such a code, or makes no image
   */
  public Raster image(Representation code) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Tensor values = Batches.of(List.of(code.values())).to(graph.device());
      check(values.shape(), code.layer());
      Tensor image = graph.forward(values);
      if (image.rank() != 4 || (image.size(1) != 1 && image.size(1) != 3)) {
        throw new InputException(
            "a decoder makes images (N, 1 or 3, H, W), but this one makes " + image.shape());
      }
      return Batches.rasters(image.clamp(0, 1)).get(0);
    }
  }

  private void check(Shape shape, String layer) {
    try {
      graph.shapes(shape);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "the decoder does not take the code %s of layer \"%s\" (%s); give the layer that it was"
                  .formatted(shape, layer, e.getMessage())
              + " trained for",
          e);
    }
  }
}
