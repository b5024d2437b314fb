package io.adversight.evaluation.certificate;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Pooling;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.OutputKind;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network of affine layers and rectifiers or max-poolings, in double precision. The bounds hold
 * for the real numbers that its float32 weights stand for.
 */
final class PiecewiseAffine {
  private final GraphClassifier classifier;
  private final Graph graph;
  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<String, Node> bent = new LinkedHashMap<>();

  /**
   * Its tensors belong to the current scope.
   *
   * @throws InputException if the network has layers of other kinds
   */
  PiecewiseAffine(GraphClassifier classifier) {
    this.classifier = classifier;
    Map<String, Tensor> constants = new HashMap<>();
    classifier
        .graph()
        .constants()
        .forEach(
            (name, value) -> constants.put(name, value.isFloating() ? value.asDouble() : value));
    this.graph = classifier.graph().withConstants(constants);
    if (classifier.card().output() != OutputKind.LOGITS
        && classifier.card().output() != OutputKind.PROBABILITIES) {
      throw new InputException(
          "certificates exist for one label per image, but the network gives "
              + classifier.card().output());
    }
    for (Node node : graph.nodes()) {
      nodes.put(node.name(), node);
      if (isBent(node.operator())) {
        bent.put(node.name(), node);
      } else if (!AffineRules.isAffine(node.operator(), constant(node))) {
        throw new InputException(
            ("certificates exist for networks of convolutions, dense layers, sums, averages, ReLU,"
                    + " Clip, leaky ReLU and max-pooling; layer \"%s\" is a %s")
                .formatted(node.name(), node.operator().type()));
      }
    }
  }

  private static boolean isBent(Operator operator) {
    return operator instanceof Activation.Relu
        || operator instanceof Activation.Clip
        || (operator instanceof Activation.LeakyRelu leaky
            && leaky.alpha() >= 0
            && leaky.alpha() <= 1)
        || operator instanceof Pooling.MaxPool
        || operator instanceof Pooling.GlobalMaxPool;
  }

  Graph graph() {
    return graph;
  }

  /** The layers that are not affine, in topological order. */
  Map<String, Node> bent() {
    return bent;
  }

  boolean isBent(String name) {
    return bent.containsKey(name);
  }

  /** Which inputs of a node are weights. */
  List<Boolean> constant(Node node) {
    return node.inputs().stream().map(graph.constants()::containsKey).toList();
  }

  /** A node by its name. */
  Node node(String name) {
    Node node = nodes.get(name);
    if (node == null) {
      throw new IllegalStateException("there is no node \"" + name + "\"");
    }
    return node;
  }

  /** The inputs of a node that are no weights. */
  List<String> activations(Node node) {
    return node.inputs().stream().filter(name -> !graph.constants().containsKey(name)).toList();
  }

  /** Pixels, double, as the network takes them. */
  Tensor preprocess(Tensor pixels) {
    return classifier.preprocess(pixels);
  }

  /** The inputs of a node, weights among them. */
  List<Tensor> inputs(Node node, Map<String, Tensor> values) {
    List<Tensor> inputs = new ArrayList<>();
    for (String name : node.inputs()) {
      Tensor value = graph.constants().getOrDefault(name, values.get(name));
      if (value == null) {
        throw new IllegalStateException("the value of \"" + name + "\" is not known yet");
      }
      inputs.add(value);
    }
    return inputs;
  }
}
