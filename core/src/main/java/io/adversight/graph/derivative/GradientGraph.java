package io.adversight.graph.derivative;

import io.adversight.graph.Graph;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
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
 * @param target the name of the further input: the class of each image, (N) whole numbers, or the
 *     weights of the classes, (N, classes)
 * @param values the name of the objective's values, (N, 1)
 * @param gradients for each place the name of the gradient with respect to it, in its shape
 */
public record GradientGraph(
    Graph graph, String target, String values, Map<String, String> gradients) {
  public GradientGraph {
    gradients = Map.copyOf(gradients);
  }

  /**
   * Differentiates an objective of a network's logits, for the class of each image.
   *
   * @param image shape (1, ...) of one image
   * @param places names of layers, or of the graph's input
   * @throws NoRule if an operator between them and the logits has no rule
   */
  public static GradientGraph of(
      Graph graph, Shape image, GraphObjective objective, List<String> places) {
    GraphExtension extension = new GraphExtension(graph, image);
    Expression logits = logits(extension);
    Expression target = extension.classes();
    return of(logits, target, objective.values(logits, target), places);
  }

  /**
   * The same for weights of the classes, (N, classes).
   *
   * @throws NoRule if an operator between the places and the logits has no rule
   */
  public static GradientGraph weighted(
      Graph graph, Shape image, GraphObjective objective, List<String> places) {
    GraphExtension extension = new GraphExtension(graph, image);
    Expression logits = logits(extension);
    Expression weights =
        extension.rows(extension.free("weights", ""), Tensor.zeros(1, logits.size(1)));
    return of(logits, weights, objective.weighted(logits, weights), places);
  }

  private static Expression logits(GraphExtension extension) {
    extension.name("objective");
    Expression logits = extension.output();
    return logits.rank() == 2 ? logits : logits.reshaped(List.of(0L, -1L));
  }

  private static GradientGraph of(
      Expression logits, Expression target, Expression values, List<String> places) {
    GraphExtension extension = logits.graph();
    String name = extension.free("objective", "");
    extension.output(values, name);
    Map<String, String> gradients = new LinkedHashMap<>();
    List<Expression> found = Differentiation.of(values, places);
    for (int i = 0; i < found.size(); i++) {
      String named = extension.free("gradient", places.get(i) + ".");
      extension.output(found.get(i), named);
      gradients.put(places.get(i), named);
    }
    return new GradientGraph(extension.graph(logits.name()), target.name(), name, gradients);
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
