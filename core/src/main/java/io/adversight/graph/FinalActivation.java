package io.adversight.graph;

import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Reduction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What makes probabilities of the scores at the end of a network: a softmax, also one written as
 * exponentials over their sum, or a sigmoid. Changes of shape and a Clip may follow.
 *
 * @param kind what it is
 * @param scores the name of the value that it takes
 * @param replaced the names of the values that {@code scores} stands for where it is left out, each
 *     with what it is made of
 */
record FinalActivation(Kind kind, String scores, Map<String, String> replaced) {
  /** The two kinds. */
  enum Kind {
    /** Probabilities of classes that exclude each other. */
    SOFTMAX,
    /** Probabilities of classes that are independent of each other. */
    SIGMOID
  }

  FinalActivation {
    replaced = Map.copyOf(replaced);
  }

  /** The activation at the end of a graph, where it has one. */
  static Optional<FinalActivation> of(Graph graph) {
    Map<String, Node> nodes = new HashMap<>();
    graph.nodes().forEach(node -> nodes.put(node.name(), node));
    Map<String, String> replaced = new HashMap<>();
    Node last = nodes.get(graph.output());
    while (last != null && isPassed(last.operator().ofOneImage())) {
      if (last.operator().ofOneImage() instanceof Activation.Clip) {
        replaced.put(last.name(), last.inputs().get(0));
      }
      last = nodes.get(last.inputs().get(0));
    }
    if (last == null) {
      return Optional.empty();
    }
    Kind kind =
        last.operator().ofOneImage() instanceof Activation.Sigmoid ? Kind.SIGMOID : Kind.SOFTMAX;
    String scores =
        kind == Kind.SIGMOID || last.operator().ofOneImage() instanceof Activation.Softmax
            ? last.inputs().get(0)
            : exponents(last, nodes);
    if (scores == null) {
      return Optional.empty();
    }
    replaced.put(last.name(), scores);
    return Optional.of(new FinalActivation(kind, scores, replaced));
  }

  private static boolean isPassed(Operator operator) {
    return operator instanceof Layout.Flatten
        || operator instanceof Layout.Reshape
        || operator instanceof Layout.Squeeze
        || operator instanceof Activation.Clip;
  }

  /** z of exp(z) / sum exp(z), or of the same with z less its maximum; null for anything else. */
  private static @Nullable String exponents(Node division, Map<String, Node> nodes) {
    if (!(division.operator().ofOneImage() instanceof Arithmetic.Div)) {
      return null;
    }
    Node exponential = nodes.get(division.inputs().get(0));
    Node sum = nodes.get(division.inputs().get(1));
    if (exponential == null
        || sum == null
        || !(exponential.operator().ofOneImage() instanceof Activation.Exp)
        || !(sum.operator().ofOneImage() instanceof Reduction.ReduceSum)
        || !sum.inputs().get(0).equals(exponential.name())) {
      return null;
    }
    String z = exponential.inputs().get(0);
    Node difference = nodes.get(z);
    if (difference == null || !(difference.operator().ofOneImage() instanceof Arithmetic.Sub)) {
      return z;
    }
    Node largest = nodes.get(difference.inputs().get(1));
    boolean stable =
        largest != null
            && largest.operator().ofOneImage() instanceof Reduction.ReduceMax
            && largest.inputs().get(0).equals(difference.inputs().get(0));
    return stable ? difference.inputs().get(0) : z;
  }

  /** The graph without it: scores come out. */
  Graph without(Graph graph) {
    List<Node> rest = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (!replaced.containsKey(node.name())) {
        rest.add(
            new Node(
                node.name(), node.operator(), node.inputs().stream().map(this::source).toList()));
      }
    }
    Graph shorter = new Graph(graph.input(), rest, graph.constants(), source(graph.output()));
    return shorter.upTo(shorter.output());
  }

  private String source(String name) {
    String source = name;
    for (String next = replaced.get(source); next != null; next = replaced.get(source)) {
      source = next;
    }
    return source;
  }
}
