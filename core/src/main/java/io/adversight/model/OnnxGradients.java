package io.adversight.model;

import io.adversight.graph.Graph;
import io.adversight.graph.derivative.GradientGraph;
import io.adversight.graph.derivative.GraphObjective;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import io.adversight.tensor.TensorException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Symbolic gradients of a network in ONNX Runtime: a session for each form of objective with the
 * places whose gradients are wanted, of which those used last stay open. For several threads.
 */
final class OnnxGradients {
  private static final int SESSIONS = 4;

  /** Each place is an output, which the whole pass has to write. */
  private static final int MOST_PLACES = 4;

  /**
   * What the largest layer of one pass may take, in bytes: a little more than the caches of one
   * processor core. MobileNetV1 at 224 is fastest image by image, networks of small images are in
   * larger batches.
   */
  private static final long LARGEST_LAYER = 1 << 20;

  private final Shape image;
  private final Supplier<Graph> graph;
  private final Map<Request, Network> networks = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Request, String> refusals = new LinkedHashMap<>();

  /** What one session computes. */
  private record Request(GraphObjective form, List<String> places) {}

  /**
   * A network that gives logits, values, the gradient at each place, and the value of each place
   * that is a layer.
   *
   * @param outputs their shapes for one image
   * @param part how many images one pass takes
   */
  private record Network(List<Shape> outputs, int part, LazySession session) {
    List<Shape> outputs(int images) {
      return outputs.stream().map(shape -> shape.with(0, shape.size(0) * images)).toList();
    }
  }

  /**
   * Nothing opened yet.
   *
   * @param image shape (1, C, H, W)
   * @param graph from pixels to logits
   */
  OnnxGradients(Shape image, Supplier<Graph> graph) {
    this.image = image;
    this.graph = graph;
  }

  /** Why a gradient was not symbolic; empty if all were so far. */
  synchronized Optional<String> refusal() {
    return refusals.values().stream().findFirst();
  }

  /**
   * One pass; empty if these gradients are not symbolic.
   *
   * @throws IllegalArgumentException if the objective names a class that does not exist
   */
  Optional<GradientPass> of(Tensor pixels, SymbolicObjective objective, Collection<String> places) {
    List<String> sorted = places.stream().distinct().sorted().toList();
    if (sorted.isEmpty() || sorted.size() > MOST_PLACES) {
      return Optional.empty();
    }
    Request request = new Request(objective.form(), sorted);
    while (true) {
      Optional<Network> network = network(request);
      if (network.isEmpty()) {
        return Optional.empty();
      }
      Optional<GradientPass> pass = run(network.get(), pixels, objective, sorted);
      if (pass.isPresent()) {
        return pass;
      } // else another thread took its place meanwhile
    }
  }

  private synchronized Optional<Network> network(Request request) {
    Network known = networks.get(request);
    if (known != null || refusals.containsKey(request)) {
      return Optional.ofNullable(known);
    }
    try {
      Network opened = network(request.form(), request.places());
      evict();
      opened.session().open();
      networks.put(request, opened);
      return Optional.of(opened);
    } catch (IllegalArgumentException | TensorException e) {
      refusals.put(request, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Makes room for one more session. */
  private void evict() {
    if (networks.size() == SESSIONS) {
      Network oldest = networks.values().iterator().next();
      networks.values().remove(oldest);
      oldest.session().end();
    }
  }

  private Network network(GraphObjective form, List<String> places) {
    Graph whole = graph.get();
    Map<String, Shape> one = whole.shapes(image);
    Map<String, Shape> two = whole.shapes(image.with(0, 2));
    List<Shape> outputs = new ArrayList<>();
    outputs.add(Shape.of(1, shape(one, whole.output()).elements()));
    outputs.add(Shape.of(1, 1));
    for (String place : places) {
      String name = name(whole, place);
      Shape shape = shape(one, name);
      if (!shape.with(0, 2 * shape.size(0)).equals(shape(two, name))) {
        throw new IllegalArgumentException("layer \"%s\" has no rows of images".formatted(name));
      }
      outputs.add(shape);
    }
    places.stream()
        .filter(place -> !place.equals(Trace.PIXELS))
        .forEach(place -> outputs.add(shape(one, place)));
    long largest = one.values().stream().mapToLong(Shape::elements).max().orElseThrow();
    long part = Math.max(1, LARGEST_LAYER / (largest * Float.BYTES));
    return new Network(List.copyOf(outputs), (int) part, new LazySession(() -> file(form, places)));
  }

  private Shape shape(Map<String, Shape> shapes, String name) {
    Shape known = shapes.get(name);
    if (known == null) {
      throw new IllegalArgumentException("there is no layer \"%s\"".formatted(name));
    }
    return known;
  }

  private static String name(Graph whole, String place) {
    return place.equals(Trace.PIXELS) ? whole.input() : place;
  }

  private byte[] file(GraphObjective form, List<String> places) {
    try (Scope scope = Scope.open()) {
      Graph whole = graph.get();
      List<String> names = places.stream().map(place -> name(whole, place)).toList();
      GradientGraph symbolic = GradientGraph.weighted(whole, image, form, names);
      LazySession.ensureFits(symbolic.graph());
      List<String> outputs = new ArrayList<>();
      outputs.add(symbolic.graph().output());
      outputs.add(symbolic.values());
      names.forEach(name -> outputs.add(symbolic.gradient(name)));
      names.stream().filter(name -> !name.equals(whole.input())).forEach(outputs::add);
      Map<String, Boolean> inputs = Map.of(symbolic.target(), true);
      return OnnxWriter.write(symbolic.graph(), image, inputs, outputs, Map.of());
    }
  }

  /** Empty if the session was ended. */
  private static Optional<GradientPass> run(
      Network network, Tensor pixels, SymbolicObjective objective, List<String> places) {
    int images = (int) pixels.size(0);
    List<Shape> outputs = network.outputs(images);
    int classes = (int) outputs.get(0).size(1);
    try (Scope scope = Scope.open()) {
      List<Tensor> inputs = List.of(pixels, objective.weights(images, classes));
      return network
          .session()
          .run(session -> session.run(inputs, outputs, images, network.part()))
          .map(found -> pass(found, places, objective.factor(), scope));
    }
  }

  private static GradientPass pass(
      List<Tensor> found, List<String> places, double factor, Scope scope) {
    Map<String, Tensor> gradients = new HashMap<>();
    Map<String, Tensor> activations = new HashMap<>();
    int next = 2;
    for (String place : places) {
      gradients.put(place, scope.keep(times(found.get(next++), factor)));
    }
    for (String place : places) {
      if (!place.equals(Trace.PIXELS)) {
        activations.put(place, scope.keep(found.get(next++)));
      }
    }
    Tensor values = times(found.get(1).reshape(-1), factor);
    return new GradientPass(scope.keep(found.get(0)), scope.keep(values), gradients, activations);
  }

  private static Tensor times(Tensor found, double factor) {
    return factor == 1 ? found : found.mul(factor);
  }

  /** Frees the sessions; a later pass opens them again. */
  synchronized void close() {
    networks.values().forEach(network -> network.session().end());
    networks.clear();
  }
}
