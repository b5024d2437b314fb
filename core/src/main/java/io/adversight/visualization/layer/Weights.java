package io.adversight.visualization.layer;

import io.adversight.graph.Node;
import io.adversight.graph.operator.Linear;
import io.adversight.image.ImageGrid;
import io.adversight.image.Interpolation;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.input.UnknownNameException;
import io.adversight.model.Batches;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The filters of a convolution as images. Filters over three channels at the network's input are
 * colour images; all others are one grey square per input channel. Each filter is divided by its
 * own largest absolute weight: 0 is grey, white and black are plus and minus that weight.
 */
public final class Weights {
  private static final int GAP = 1;

  private Weights() {}

  /**
   * The filters of a layer, one raster per filter: three channels at the input, otherwise the
   * filter's input channels.
   *
   * @throws NoSuchElementException if the layer is no convolution, naming those that are
   */
  public static List<Raster> filters(GraphClassifier classifier, String layer) {
    Node node = convolution(classifier, layer);
    Tensor weights = classifier.graph().constants().get(node.inputs().get(1));
    if (weights == null) {
      throw new UnknownNameException(
          "the weights of layer \"%s\" are computed, not stored".formatted(layer));
    }
    boolean swap =
        weights.size(1) == 3
            && classifier.card().preprocessing().channels() == ChannelOrder.BGR
            && isFirst(classifier, node);
    Tensor ordered = swap ? weights.flip(1) : weights;
    return Batches.rasters(ordered);
  }

  private static boolean isFirst(GraphClassifier classifier, Node node) {
    return node.inputs().get(0).equals(classifier.graph().input());
  }

  private static Node convolution(GraphClassifier classifier, String layer) {
    List<Node> convolutions =
        classifier.graph().nodes().stream()
            .filter(node -> node.operator() instanceof Linear.Conv)
            .toList();
    return convolutions.stream()
        .filter(node -> layer.isEmpty() || node.name().equals(layer))
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownNameException(
                    "\"%s\" is no convolution; those are %s"
                        .formatted(
                            layer,
                            String.join(", ", convolutions.stream().map(Node::name).toList()))));
  }

  /** A filter as an image: in colour if it has three channels, otherwise its channels in a row. */
  public static Raster shown(Raster filter, int scale) {
    double largest = Math.max(Math.max(filter.max(), -filter.min()), Float.MIN_NORMAL);
    Raster grey =
        Raster.generate(
            filter.channels(),
            filter.height(),
            filter.width(),
            (c, y, x) -> 0.5 + filter.at(c, y, x) / (2 * largest));
    if (grey.channels() == 3 || grey.channels() == 1) {
      return enlarged(grey, scale);
    }
    List<Raster> planes = new ArrayList<>();
    for (int c = 0; c < grey.channels(); c++) {
      planes.add(enlarged(grey.channel(c), scale));
    }
    return ImageGrid.of(planes, planes.size(), GAP);
  }

  private static Raster enlarged(Raster image, int scale) {
    return RasterResize.to(
        image, image.height() * scale, image.width() * scale, Interpolation.NEAREST);
  }
}
