package io.adversight.graph.derivative;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Operator;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Grows a graph: nodes, constants and further inputs are added to those that are there. Shapes are
 * known for two batch sizes, so that what depends on the batch size is known too. What depends on
 * constants alone is computed at once.
 */
public final class GraphExtension {
  private static final List<Long> BATCHES = List.of(2L, 3L);

  private final Graph graph;
  private final List<Node> nodes;
  private final Map<String, Tensor> constants;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Map<String, List<Shape>> shapes = new HashMap<>();
  private final Map<String, String> renamed = new HashMap<>();
  private final IdentityHashMap<Tensor, String> inlined = new IdentityHashMap<>();
  private String prefix = "extension";

  /**
   * Nothing added yet.
   *
   * @param image shape (1, ...) of one image
   */
  public GraphExtension(Graph graph, Shape image) {
    this.graph = graph;
    this.nodes = new ArrayList<>(graph.nodes());
    this.constants = new HashMap<>(graph.constants());
    List<Map<String, Shape>> known =
        BATCHES.stream().map(batch -> graph.shapes(image.with(0, batch))).toList();
    known
        .get(0)
        .keySet()
        .forEach(name -> shapes.put(name, known.stream().map(each -> each.get(name)).toList()));
    constants.forEach(
        (name, constant) -> shapes.put(name, List.of(constant.shape(), constant.shape())));
  }

  /** A value that is known by name. */
  public Expression of(String name) {
    if (!shapes.containsKey(name)) {
      throw new IllegalArgumentException("there is no value \"%s\"".formatted(name));
    }
    return new Expression(this, name);
  }

  /** The pixels. */
  public Expression pixels() {
    return of(graph.input());
  }

  /** The value that was the graph's output. */
  public Expression output() {
    return of(graph.output());
  }

  /**
   * A further input with one row per image.
   *
   * @param example a value for one image, shape (1, ...)
   */
  public Expression rows(String name, Tensor example) {
    return input(
        name, example, BATCHES.stream().map(batch -> example.shape().with(0, batch)).toList());
  }

  /** The class of each image as a further input, (N) whole numbers. */
  public Expression classes() {
    return rows(free("class", ""), Tensor.of(new long[] {0}, 1));
  }

  /** A further input whose shape does not depend on the batch size. */
  public Expression parameter(String name, Tensor example) {
    return input(name, example, List.of(example.shape(), example.shape()));
  }

  private Expression input(String name, Tensor example, List<Shape> known) {
    if (shapes.putIfAbsent(name, known) != null) {
      throw new IllegalArgumentException("the name \"%s\" is used twice".formatted(name));
    }
    inputs.put(name, released(() -> example.alias()));
    return new Expression(this, name);
  }

  /** Names of further inputs with an example value for one image. */
  public Map<String, Tensor> inputs() {
    return Map.copyOf(inputs);
  }

  /** A constant. */
  public Expression constant(Tensor value) {
    return constant(free("constant"), value);
  }

  /** A number as a constant without dimensions. */
  public Expression constant(double value) {
    return constant(released(() -> Tensor.scalar(value).asFloat()));
  }

  private Expression constant(String name, Tensor value) {
    constants.put(name, released(() -> value.alias()));
    shapes.put(name, List.of(value.shape(), value.shape()));
    return new Expression(this, name);
  }

  /** The value of an operator; a constant if all inputs are. */
  public Expression add(Operator operator, Expression... inputs) {
    List<String> names = Arrays.stream(inputs).map(Expression::name).toList();
    String name = free(operator.type().toLowerCase(Locale.ROOT));
    if (constants.keySet().containsAll(names)) {
      return constant(
          name,
          released(() -> operator.forward(names.stream().map(constants::get).toList()).alias()));
    }
    List<Shape> known = new ArrayList<>();
    for (int i = 0; i < BATCHES.size(); i++) {
      int batch = i;
      known.add(operator.shape(names.stream().map(each -> shapes(each).get(batch)).toList()));
    }
    nodes.add(new Node(name, operator, names));
    shapes.put(name, List.copyOf(known));
    return new Expression(this, name);
  }

  private static Tensor released(Supplier<Tensor> made) {
    try (Scope scope = Scope.open()) {
      return scope.release(made.get());
    }
  }

  private String free(String what) {
    return free(what, prefix + ".");
  }

  /** A name that is not taken: {@code what} behind a beginning, with a number if need be. */
  public String free(String what, String beginning) {
    String name = beginning + what;
    for (int i = 2; shapes.containsKey(name) || renamed.containsValue(name); i++) {
      name = beginning + what + i;
    }
    return name;
  }

  /**
   * Adds the nodes of another graph, and gives the value of its output. Constants that both share
   * are there once.
   *
   * @param known values that stand for its input and for some of its constants
   */
  public Expression inline(Graph other, Map<String, Expression> known) {
    Map<String, Expression> values = new HashMap<>(known);
    for (Node node : other.upTo(other.output()).nodes()) {
      Expression[] inputs =
          node.inputs().stream()
              .map(name -> values.computeIfAbsent(name, each -> shared(other, each)))
              .toArray(Expression[]::new);
      values.put(node.name(), add(node.operator(), inputs));
    }
    return Objects.requireNonNull(values.get(other.output()));
  }

  private Expression shared(Graph other, String name) {
    Tensor value = Objects.requireNonNull(other.constants().get(name), name);
    Tensor own = constants.get(name);
    if (own == value) {
      return new Expression(this, name);
    }
    String known = inlined.computeIfAbsent(value, each -> constant(each).name());
    return new Expression(this, known);
  }

  /** Begins the names of everything added from now on. */
  public void name(String prefix) {
    this.prefix = prefix;
  }

  /** Adds {@code value} under a name of its own, which the graph that comes out has. */
  public void output(Expression value, String name) {
    if (shapes.containsKey(name) || renamed.containsValue(name)) {
      throw new IllegalArgumentException("the name \"%s\" is used twice".formatted(name));
    }
    boolean isAdded =
        nodes.subList(graph.nodes().size(), nodes.size()).stream()
            .anyMatch(node -> node.name().equals(value.name()));
    boolean isFree = isAdded && !renamed.containsKey(value.name());
    renamed.put((isFree ? value : value.copied()).name(), name);
  }

  /** The nodes so far, in order. */
  List<Node> nodes() {
    return List.copyOf(nodes);
  }

  boolean isConstant(String name) {
    return constants.containsKey(name);
  }

  Tensor value(String name) {
    return Objects.requireNonNull(constants.get(name));
  }

  List<Shape> shapes(String name) {
    return Objects.requireNonNull(shapes.get(name));
  }

  /**
   * The graph with everything added. Further inputs stand as constants with their example value,
   * which {@link Graph#withConstants} replaces.
   *
   * @param output the name of its output
   */
  public Graph graph(String output) {
    Map<String, Tensor> all = new HashMap<>(constants);
    all.putAll(inputs);
    List<Node> named =
        nodes.stream()
            .map(
                node ->
                    new Node(
                        renamed.getOrDefault(node.name(), node.name()),
                        node.operator(),
                        node.inputs().stream()
                            .map(input -> renamed.getOrDefault(input, input))
                            .toList()))
            .toList();
    return new Graph(graph.input(), named, all, output);
  }
}
