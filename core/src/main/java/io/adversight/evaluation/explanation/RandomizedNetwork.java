package io.adversight.evaluation.explanation;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Linear;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A network with re-initialized layers. */
final class RandomizedNetwork {
  private RandomizedNetwork() {}

  /** The layers with weights, the last first. */
  static List<String> layers(GraphClassifier classifier) {
    Graph graph = classifier.graph();
    List<String> names = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.operator() instanceof Linear && !weights(graph, node).isEmpty()) {
        names.add(node.name());
      }
    }
    Collections.reverse(names);
    return List.copyOf(names);
  }

  /** The network with the weights and biases of some layers drawn anew, of their own spread. */
  static GraphClassifier of(GraphClassifier classifier, Collection<String> layers, Rng rng) {
    Graph graph = classifier.graph();
    Map<String, Tensor> changed = new HashMap<>();
    int number = 0;
    for (Node node : graph.nodes()) {
      for (String name : weights(graph, node)) {
        number++;
        Tensor weight = graph.constants().get(name);
        if (layers.contains(node.name()) && weight != null) {
          changed.put(name, drawn(weight, rng.split(number)));
        }
      }
    }
    return classifier.withGraph(graph.withConstants(changed));
  }

  private static List<String> weights(Graph graph, Node node) {
    return node.operator() instanceof Linear
        ? node.inputs().stream().skip(1).filter(graph.constants()::containsKey).toList()
        : List.of();
  }

  /** Normal values with the root mean square of {@code weight}. */
  private static Tensor drawn(Tensor weight, Rng rng) {
    float[] old = weight.toFloats();
    double square = 0;
    for (float value : old) {
      square += (double) value * value;
    }
    float spread = (float) Math.sqrt(square / Math.max(1, old.length));
    float[] values = rng.normal(old.length);
    for (int i = 0; i < values.length; i++) {
      values[i] *= spread;
    }
    return Tensor.of(values, weight.shape().toArray());
  }
}
