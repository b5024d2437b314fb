package io.adversight.graph.derivative;

import io.adversight.graph.Graph;
import io.adversight.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A network that computes an objective and its gradients beside the logits, in operators of
 * inference only.
 *
 * @param graph whose output is the logits, (N, classes); the further input is one of its constants
 * @param target the name of the further input: the class of each image, (N) whole numbers, or for
 *     {@link GraphObjective#WEIGHTED} the weights of the logits, (N, classes)
 * @param values the name of the objective's values, (N, 1)
 * @param gradients for each place the name of the gradient with respect to it, in its shape
 */
public record GradientGraph(
    Graph graph, String target, String values, Map<String, String> gradients) {
  public GradientGraph {
    gradients = Map.copyOf(gradients);
  }

  /**
   * Differentiates an objective of a network's logits.
   *
   * @param image shape (1, ...) of one image
   * @param places names of layers, or of the graph's input
   * @throws NoRule if an operator between them and the logits has no rule
   */
  public static GradientGraph of(
      Graph graph, Shape image, GraphObjective objective, List<String> places) {
    GraphExtension extension = new GraphExtension(graph, image);
    extension.name("objective");
    Expression logits = extension.output();
    Expression flat = logits.rank() == 2 ? logits : logits.reshaped(List.of(0L, -1L));
    Expression target = objective.target(extension, flat);
    Expression values = objective.values(flat, target);
    String name = extension.free("objective", "");
    extension.output(values, name);
    Map<String, String> gradients = new LinkedHashMap<>();
    List<Expression> found = Differentiation.of(values, places);
    for (int i = 0; i < found.size(); i++) {
      String named = extension.free("gradient", places.get(i) + ".");
      extension.output(found.get(i), named);
      gradients.put(places.get(i), named);
    }
    return new GradientGraph(extension.graph(flat.name()), target.name(), name, gradients);
  }

  /** The name of the gradient with respect to a place. */
  public String gradient(String place) {
    return Objects.requireNonNull(gradients.get(place), place);
  }

  /** The names of the logits, the objective's values and the gradients. */
  public List<String> outputs() {
    List<String> all = new ArrayList<>(List.of(graph.output(), values));
    all.addAll(gradients.values());
    return List.copyOf(all);
  }
}
