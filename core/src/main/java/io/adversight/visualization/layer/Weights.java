package io.adversight.visualization.layer;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.image.ImageGrid;
import io.adversight.image.Interpolation;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.input.UnknownNameException;
import io.adversight.model.AxisOrder;
import io.adversight.model.Batches;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The filters of a convolution, or of a dense layer that sees the image's pixels, as images.
 * Filters over three channels at the network's input are colour images; all others are one grey
 * square per input channel. Each filter is divided by its own largest absolute weight: 0 is grey,
 * white and black are plus and minus that weight.
 */
public final class Weights {
  private static final int GAP = 1;

  private Weights() {}

  /**
   * The filters of a layer, one raster per filter: three channels at the input, otherwise the
   * filter's input channels. A filter of a dense layer has the shape of the image; what the layer
   * sees behind the pixels, units of a memory's label for example, is left out.
   *
   * @param layer empty for the first that has filters
   * @throws NoSuchElementException if the layer has no filters, naming those that have
   */
  public static List<Raster> filters(GraphClassifier classifier, String layer) {
    Node node = filtered(classifier, layer);
    Tensor stored = classifier.graph().constants().get(node.inputs().get(1));
    if (stored == null) {
      throw new UnknownNameException(
          "the weights of layer \"%s\" are computed, not stored".formatted(node.name()));
    }
    Tensor weights =
        node.operator() instanceof Linear.Gemm dense
            ? pixelRows(classifier, dense.transB() ? stored : stored.transpose(0, 1))
            : stored;
    boolean swap =
        weights.size(1) == 3
            && classifier.card().preprocessing().channels() == ChannelOrder.BGR
            && (isFirst(classifier, node) || seesPixels(classifier, node));
    Tensor ordered = swap ? weights.flip(1) : weights;
    return Batches.rasters(ordered);
  }

  /** The elements of each row that belong to pixels, as images. */
  private static Tensor pixelRows(GraphClassifier classifier, Tensor rows) {
    Input input = classifier.card().input();
    long pixels = (long) input.channels() * input.height() * input.width();
    return rows.narrow(1, 0, pixels).reshape(-1, input.channels(), input.height(), input.width());
  }

  private static boolean isFirst(GraphClassifier classifier, Node node) {
    return node.inputs().get(0).equals(classifier.graph().input());
  }

  /** Whether a dense layer's first inputs are the pixels in their order. */
  private static boolean seesPixels(GraphClassifier classifier, Node node) {
    return classifier.card().preprocessing().layout() == AxisOrder.NCHW
        && node.operator() instanceof Linear.Gemm dense
        && !dense.transA()
        && isFlatImage(classifier.graph(), node.inputs().get(0));
  }

  private static boolean isFlatImage(Graph graph, String name) {
    if (name.equals(graph.input())) {
      return true;
    }
    return graph.nodes().stream()
        .filter(node -> node.name().equals(name))
        .anyMatch(node -> keepsOrder(node) && isFlatImage(graph, node.inputs().get(0)));
  }

  /** Whether the first elements of a row of the output are those of the input, in their order. */
  private static boolean keepsOrder(Node node) {
    return switch (node.operator().type()) {
      case "Flatten", "Reshape" -> true;
      case "Pad" -> ((Layout.Pad) node.operator()).pads().subList(0, 3).equals(List.of(0L, 0L, 0L));
      default -> false;
    };
  }

  private static Node filtered(GraphClassifier classifier, String layer) {
    List<Node> layers =
        classifier.graph().nodes().stream()
            .filter(node -> node.operator() instanceof Linear.Conv || seesPixels(classifier, node))
            .toList();
    return layers.stream()
        .filter(node -> layer.isEmpty() || node.name().equals(layer))
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownNameException(
                    layers.isEmpty()
                        ? "\"%s\" has no convolution, and no dense layer that sees the pixels"
                            .formatted(classifier.card().name())
                        : "\"%s\" is no convolution, and no dense layer that sees the pixels; those are %s"
                            .formatted(
                                layer,
                                String.join(", ", layers.stream().map(Node::name).toList()))));
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
