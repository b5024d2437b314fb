package io.adversight.attribution.cam;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.internal.LayerMaps;
import io.adversight.attribution.internal.NetworkGraph;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.graph.Graph;
import io.adversight.graph.Layer;
import io.adversight.graph.Node;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * CAM: the maps before a global average pooling, weighted by what the linear layers behind it give
 * them: M_c = sum over k of w_k^c A^k (Zhou et al. 2016, equation 2). Only for networks that end
 * so. The weights are those found in the graph: what lies behind the pooling is linear, so that w_k
 * is the gradient of the objective with respect to the pooled channel, which is the sum of the
 * gradient over the map; the backward pass is the one other methods share. Signed, as in the paper.
 */
@Doc("CAM")
@Paper("zhou2016")
public record Cam() implements Attribution {
  private static final Set<String> LINEAR =
      Set.of(
          "Gemm",
          "MatMul",
          "Conv",
          "Add",
          "Sub",
          "Mul",
          "Div",
          "BatchNormalization",
          "Flatten",
          "Reshape",
          "Squeeze",
          "Unsqueeze",
          "Transpose",
          "Identity",
          "Dropout",
          "Cast");
  private static final Set<String> AVERAGES =
      Set.of("GlobalAveragePool", "AveragePool", "ReduceMean");

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    LayerMaps maps = LayerMaps.of(trace, pooled(trace.classifier()), objective);
    Tensor weights = maps.gradient().sum(2, 3);
    return LayerMaps.weighted(weights, maps.activation()); // equation 2
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.SUM;
  }

  @Override
  public List<String> gradientsAt(Classifier classifier) {
    return List.of(pooled(classifier));
  }

  /**
   * The layer whose maps are pooled.
   *
   * @throws IllegalArgumentException if the network does not end in pooling and linear layers
   */
  public static String pooled(Classifier classifier) {
    Graph graph = NetworkGraph.of(classifier, "CAM").graph();
    Optional<Node> node = NetworkGraph.node(graph, graph.output());
    while (node.isPresent()) {
      Node at = node.get();
      List<String> data =
          at.inputs().stream().filter(name -> !graph.constants().containsKey(name)).toList();
      if (AVERAGES.contains(at.operator().type()) && reducesToOnePlace(classifier, at)) {
        return data.get(0);
      }
      if (!LINEAR.contains(at.operator().type()) || data.size() != 1) {
        throw without(
            classifier, "layer \"%s\" is a %s".formatted(at.name(), at.operator().type()));
      }
      node = NetworkGraph.node(graph, data.get(0));
    }
    throw without(classifier, "there is no pooling");
  }

  private static boolean reducesToOnePlace(Classifier classifier, Node node) {
    return classifier.layers().stream()
        .filter(layer -> layer.name().equals(node.name()))
        .noneMatch(Layer::isSpatial);
  }

  private static IllegalArgumentException without(Classifier classifier, String found) {
    return new InputException(
        "CAM needs a network that ends in global average pooling and linear layers, but in \"%s\" %s; use Grad-CAM, which works on every network"
            .formatted(classifier.card().name(), found));
  }
}
