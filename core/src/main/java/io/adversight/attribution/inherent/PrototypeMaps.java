package io.adversight.attribution.inherent;

import io.adversight.attribution.internal.LayerMaps;
import io.adversight.attribution.internal.NetworkGraph;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Pooling;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The maps of a network by prototypes: how much each place is like each prototype, (N, P, h, w),
 * and what the objective gains by the largest value of each map, (N, P, 1, 1).
 */
record PrototypeMaps(Tensor similarities, Tensor weights) {
  static PrototypeMaps of(Trace trace, Objective objective) {
    LayerMaps maps = LayerMaps.of(trace, layer(trace.classifier()), objective);
    return new PrototypeMaps(maps.activation(), maps.gradient().sum(2, 3));
  }

  /** What each prototype adds to the objective, (N, P). */
  Tensor contributions() {
    Tensor all = similarities.max(2, 3).mul(weights);
    return all.reshape(all.size(0), all.size(1));
  }

  /**
   * The layer of the similarities: the maps whose largest values feed the last dense layer.
   *
   * @throws IllegalArgumentException if the network does not end so
   */
  static String layer(Classifier classifier) {
    Graph graph = NetworkGraph.of(classifier, "prototype-similarity").graph();
    Optional<Node> node = NetworkGraph.node(graph, graph.output());
    boolean dense = false;
    while (node.isPresent()) {
      Node at = node.get();
      if (dense && at.operator() instanceof Pooling.GlobalMaxPool) {
        return at.inputs().get(0);
      }
      dense |= at.operator() instanceof Linear;
      List<String> data =
          at.inputs().stream().filter(name -> !graph.constants().containsKey(name)).toList();
      boolean passes = at.operator() instanceof Linear || at.operator().type().equals("Flatten");
      node = passes && data.size() == 1 ? NetworkGraph.node(graph, data.get(0)) : Optional.empty();
    }
    throw new InputException(
        "prototype-similarity needs a network by prototypes (adversight train aviary-protopnet makes one), but \"%s\""
                .formatted(classifier.card().name())
            + " does not end in the largest values of maps and a dense layer");
  }
}
