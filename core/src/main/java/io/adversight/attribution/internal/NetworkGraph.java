package io.adversight.attribution.internal;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import java.util.Optional;

/** The graph behind a classifier, for methods that look at more than values. */
public final class NetworkGraph {
  private NetworkGraph() {}

  /**
   * The classifier as one over a graph.
   *
   * @param method what a message calls the method that needs it
   * @throws IllegalArgumentException if there is no graph
   */
  public static GraphClassifier of(Classifier classifier, String method) {
    if (classifier instanceof GraphClassifier known) {
      return known;
    }
    throw new InputException(
        "%s reads the network's graph, but \"%s\" hides it; Grad-CAM needs no graph"
            .formatted(method, classifier.card().name()));
  }

  /** The node of that name; empty for the input and for constants. */
  public static Optional<Node> node(Graph graph, String name) {
    return graph.nodes().stream().filter(node -> node.name().equals(name)).findFirst();
  }
}
