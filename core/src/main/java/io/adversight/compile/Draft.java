package io.adversight.compile;

import io.adversight.graph.Graph;
import io.adversight.graph.derivative.Differentiation;
import io.adversight.graph.derivative.Expression;
import io.adversight.graph.derivative.GradientGraph;
import io.adversight.graph.derivative.GraphExtension;
import io.adversight.graph.derivative.GraphObjective;
import io.adversight.graph.operator.Operator;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.Trace;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A file that is being put together: the network, its inputs, and gradients that parts share. */
final class Draft {
  private final GraphClassifier network;
  private final Graph pixelGraph;
  private final Shape image;
  private final GraphExtension graph;
  private final Expression logits;
  private final Expression target;
  private final Map<GraphObjective, Map<String, Expression>> gradients =
      new EnumMap<>(GraphObjective.class);
  private final Map<String, Expression> inputs = new HashMap<>();
  private final Map<String, String> documented = new LinkedHashMap<>();
  private Optional<Graph> gradientAtPixels = Optional.empty();

  /** The network, and the gradients that some parts read. */
  Draft(GraphClassifier network, List<Part> parts) {
    this.network = network;
    this.pixelGraph = network.pixelGraph();
    Input input = network.card().input();
    this.image = Shape.of(1, input.channels(), input.height(), input.width());
    this.graph = new GraphExtension(pixelGraph, image);
    graph.name("objective");
    Expression output = graph.output();
    this.logits = output.rank() == 2 ? output : output.reshaped(List.of(0L, -1L));
    this.target = graph.classes();
    for (GraphObjective objective : GraphObjective.values()) {
      Set<String> places = new LinkedHashSet<>();
      parts.stream()
          .filter(part -> part.objective() == objective)
          .forEach(part -> places.addAll(part.places(network)));
      if (!places.isEmpty()) {
        differentiate(objective, List.copyOf(places));
      }
    }
  }

  private void differentiate(GraphObjective objective, List<String> places) {
    graph.name("objective");
    Expression value = objective.values(logits, target);
    List<Expression> found = Differentiation.of(value, places.stream().map(this::name).toList());
    Map<String, Expression> known = new HashMap<>();
    for (int i = 0; i < places.size(); i++) {
      known.put(places.get(i), found.get(i));
    }
    gradients.put(objective, known);
  }

  private String name(String place) {
    return place.equals(Trace.PIXELS) ? pixelGraph.input() : place;
  }

  GraphExtension graph() {
    return graph;
  }

  Shape image() {
    return image;
  }

  Expression pixels() {
    return graph.pixels();
  }

  Expression logits() {
    return logits;
  }

  Expression target() {
    return target;
  }

  /** The only place whose gradient a part reads. */
  String place(Part part) {
    return part.places(network).get(0);
  }

  /** The gradient of an objective with respect to a place. */
  Expression gradient(GraphObjective objective, String place) {
    return Objects.requireNonNull(
        Objects.requireNonNull(gradients.get(objective)).get(place), place);
  }

  /** A place's value, or its gradient, as maps (N, K, h, w). */
  Expression maps(String place, Expression value) {
    Expression maps = value;
    if (!place.equals(Trace.PIXELS)) {
      for (Operator operator : network.layer(place).mapOperators()) {
        maps = graph.add(operator, maps);
      }
    }
    return maps;
  }

  /** The activations of a place as maps. */
  Expression activation(String place) {
    return maps(place, graph.of(name(place)));
  }

  /** The gradient of the logit of the class with respect to other pixels. */
  Expression gradientAt(Expression pixels) {
    Graph derived =
        gradientAtPixels.orElseGet(
            () -> {
              GradientGraph whole =
                  GradientGraph.of(
                      pixelGraph, image, GraphObjective.LOGIT, List.of(pixelGraph.input()));
              return whole.graph().upTo(whole.gradient(pixelGraph.input()));
            });
    gradientAtPixels = Optional.of(derived);
    return graph.inline(derived, Map.of(pixelGraph.input(), pixels, target.name(), target));
  }

  /** A number that is an input of the file. */
  Expression number(String name, double example, String says) {
    documented.put(name, says);
    return inputs.computeIfAbsent(
        name, each -> graph.parameter(each, Tensor.scalar(example).asFloat()));
  }

  /** Further pixels that are an input of the file. */
  Expression images(String name, String says) {
    documented.put(name, says);
    return inputs.computeIfAbsent(name, each -> graph.rows(each, Tensor.zeros(image.toArray())));
  }

  /** The further inputs of the file, each with what it is. */
  List<CompiledNetwork.Port> ports() {
    List<CompiledNetwork.Port> ports = new ArrayList<>();
    ports.add(
        new CompiledNetwork.Port(
            pixelGraph.input(),
            "(N, %s, %s, %s) float32".formatted(image.size(1), image.size(2), image.size(3)),
            "pixels in [0, 1], red, green, blue (or grey); preprocessing is inside"));
    ports.add(
        new CompiledNetwork.Port(
            target.name(), "(N) int64", "the index of a class for each image"));
    documented.forEach(
        (name, says) ->
            ports.add(
                new CompiledNetwork.Port(
                    name,
                    Objects.requireNonNull(inputs.get(name)).rank() == 0
                        ? "() float32"
                        : ports.get(0).type(),
                    says)));
    return ports;
  }
}
