package io.adversight.graph;

import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Operator;
import io.adversight.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds attention in a graph: a softmax behind the product of two activations. */
final class AttentionBlocks {
  private static final int DEEPEST = 64;

  private final Graph graph;
  private final Map<String, Node> nodes = new HashMap<>();

  private AttentionBlocks(Graph graph) {
    this.graph = graph;
    graph.nodes().forEach(node -> nodes.put(node.name(), node));
  }

  /**
   * The attentions of a network, in order.
   *
   * @param image shape (1, ...) of one image
   */
  static List<AttentionBlock> of(Graph graph, Shape image) {
    AttentionBlocks finder = new AttentionBlocks(graph);
    List<Node> found = graph.nodes().stream().filter(finder::attends).toList();
    if (found.isEmpty()) {
      return List.of();
    }
    Map<String, Shape> shapes = graph.shapes(image);
    Map<String, List<TrackedAxis>> positions = PositionTracker.of(graph, image);
    List<AttentionBlock> blocks = new ArrayList<>();
    for (Node softmax : found) {
      Shape shape = shapes.getOrDefault(softmax.name(), image);
      if (shape.rank() >= 3) {
        List<TrackedAxis> axes = positions.getOrDefault(softmax.name(), List.of());
        blocks.add(finder.block(softmax, shape, axes));
      }
    }
    return blocks;
  }

  /** Whether a node is the softmax of products of two activations and weighs a third. */
  private boolean attends(Node node) {
    return node.operator().ofOneImage() instanceof Activation.Softmax
        && scores(node.inputs().get(0), 0).isPresent()
        && weighs(node.name());
  }

  /** Whether a value is a factor of an activation, perhaps where a mask leaves anything to see. */
  private boolean weighs(String name) {
    return graph.nodes().stream()
        .filter(user -> user.inputs().contains(name))
        .anyMatch(
            user ->
                isProduct(user, name)
                    || (user.operator().ofOneImage() instanceof Arithmetic.Where
                        && weighs(user.name())));
  }

  private boolean isProduct(Node node, String left) {
    return node.operator().ofOneImage() instanceof Linear.MatMul
        && node.inputs().get(0).equals(left)
        && !graph.constants().containsKey(node.inputs().get(1));
  }

  /** The product of queries and keys behind which only scales, biases and masks come. */
  private Optional<Node> scores(String name, int depth) {
    Node node = nodes.get(name);
    if (node == null || depth > DEEPEST) {
      return Optional.empty();
    }
    Operator operator = node.operator().ofOneImage();
    if (operator instanceof Linear.MatMul) {
      boolean two = node.inputs().stream().noneMatch(graph.constants()::containsKey);
      return two ? Optional.of(node) : Optional.empty();
    }
    if (operator instanceof Arithmetic || operator instanceof Layout) {
      return node.inputs().stream()
          .map(input -> scores(input, depth + 1))
          .flatMap(Optional::stream)
          .findFirst();
    }
    return Optional.empty();
  }

  private AttentionBlock block(Node softmax, Shape shape, List<TrackedAxis> axes) {
    String input =
        scores(softmax.inputs().get(0), 0)
            .flatMap(product -> projected(product.inputs().get(0), 0))
            .orElse("");
    long heads = shape.elements() / (shape.size(-1) * shape.size(-2));
    boolean square =
        axes.size() >= 3
            && axes.subList(0, axes.size() - 2).stream().noneMatch(TrackedAxis::hasPlaces)
            && axes.get(axes.size() - 1).equals(axes.get(axes.size() - 2));
    Optional<MapLayout> tokens =
        square
            ? MapLayout.of(
                List.of(
                    TrackedAxis.of(List.of()),
                    TrackedAxis.of(List.of()),
                    axes.get(axes.size() - 1)))
            : Optional.empty();
    return new AttentionBlock(
        softmax.name(),
        input,
        Math.toIntExact(heads),
        tokens.map(MapLayout::rows).orElse(0L),
        tokens.map(MapLayout::columns).orElse(0L),
        tokens.map(MapLayout::extraTokens).orElse(0L));
  }

  /** The value of which the queries are a projection: what stands before a linear layer. */
  private Optional<String> projected(String name, int depth) {
    Node node = nodes.get(name);
    if (node == null || depth > DEEPEST) {
      return Optional.empty();
    }
    Operator operator = node.operator().ofOneImage();
    String data = dataOf(node);
    if (operator instanceof Linear) {
      return Optional.of(unmoved(data));
    }
    return operator instanceof Layout || operator instanceof Arithmetic
        ? projected(data, depth + 1)
        : Optional.empty();
  }

  /** The first input that is no constant. */
  private String dataOf(Node node) {
    return node.inputs().stream()
        .filter(input -> !graph.constants().containsKey(input))
        .findFirst()
        .orElse("");
  }

  /** A value without the changes of layout behind it. */
  private String unmoved(String name) {
    String last = name;
    for (Node node = nodes.get(last);
        node != null && node.operator().ofOneImage() instanceof Layout;
        node = nodes.get(last)) {
      String before = dataOf(node);
      if (before.isEmpty()) {
        return last;
      }
      last = before;
    }
    return last;
  }
}
