package io.adversight.graph.derivative;

import io.adversight.graph.Node;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reverse accumulation: from the value of an objective back to the places that are wanted. */
public final class Differentiation {
  private final GraphExtension graph;
  private final Set<String> active;
  private final Map<String, Expression> gradients = new HashMap<>();

  private Differentiation(GraphExtension graph, List<String> places) {
    this.graph = graph;
    this.active = new HashSet<>(places);
  }

  /**
   * Extends a graph by the gradients of the sum of {@code value} with respect to some values.
   *
   * @param places names of layers or of the input
   * @return the gradients in the order of the places, each in the shape of the place's value; 0
   *     where {@code value} does not depend on it
   * @throws NoRule if an operator between them has no rule
   */
  public static List<Expression> of(Expression value, List<String> places) {
    try (Scope scope = Scope.open()) {
      return new Differentiation(value.graph(), places).run(value, places);
    }
  }

  private List<Expression> run(Expression value, List<String> places) {
    List<Node> nodes = graph.nodes();
    for (Node node : nodes) {
      boolean depends = node.inputs().stream().anyMatch(active::contains);
      if (depends && !GradientRules.isConstantAlmostEverywhere(node.operator())) {
        active.add(node.name());
      }
    }
    long[] ones = value.shape().toArray();
    Arrays.fill(ones, 1);
    gradients.put(value.name(), graph.constant(Tensor.ones(ones)));
    for (int i = nodes.size() - 1; i >= 0; i--) {
      pass(nodes.get(i));
    }
    List<Expression> found = new ArrayList<>();
    for (String place : places) {
      Expression at = graph.of(place);
      Expression gradient = gradients.get(place);
      found.add(gradient == null ? at.times(0) : gradient.expandedTo(at));
    }
    return found;
  }

  private void pass(Node node) {
    Expression gradient = gradients.get(node.name());
    if (gradient == null || !active.contains(node.name())) {
      return;
    }
    graph.name(node.name() + ".gradient");
    List<Expression> inputs = new ArrayList<>();
    node.inputs().forEach(input -> inputs.add(graph.of(input)));
    Step step = new Step(node, inputs, graph.of(node.name()), gradient);
    for (int i = 0; i < inputs.size(); i++) {
      String input = node.inputs().get(i);
      if (active.contains(input)) {
        Expression share = GradientRules.gradient(step, i);
        gradients.merge(input, share, Expression::plus);
      }
    }
  }
}
