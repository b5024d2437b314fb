package io.adversight.graph.onnx;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.PerImageOperator;
import io.adversight.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a network that was read for one image take batches, with every image on its own. */
final class ImageByImage {
  private final Graph one;
  private final Map<String, Shape> shapes;
  private final Set<String> constants;

  private ImageByImage(Graph one, Shape image) {
    this.one = one;
    this.shapes = new HashMap<>(one.shapes(image));
    one.constants().forEach((name, constant) -> shapes.put(name, constant.shape()));
    this.constants = one.constants().keySet();
  }

  /**
   * The network for batches.
   *
   * @param one the network as it is for one image
   * @param image shape (1, ...) of one image
   */
  static Graph of(Graph one, Shape image) {
    return new ImageByImage(one, image).graph();
  }

  private Graph graph() {
    List<Node> nodes = new ArrayList<>();
    for (Node node : one.nodes()) {
      nodes.add(
          RowWise.is(node, shapes, constants)
              ? node
              : new Node(
                  node.name(),
                  new PerImageOperator(
                      node.operator(), node.inputs().stream().map(this::rows).toList()),
                  node.inputs()));
    }
    String output = one.output();
    Shape shape = shapes.getOrDefault(output, Shape.of());
    if (shape.rank() < 2 || shape.size(0) != 1) {
      List<Long> sizes = new ArrayList<>(List.of(-1L));
      for (long size : shape.rank() == 0 ? new long[] {1} : shape.toArray()) {
        sizes.add(size);
      }
      String whole = free(output + ".images");
      nodes.add(new Node(whole, new Layout.Reshape(sizes, false), List.of(output)));
      output = whole;
    }
    return new Graph(one.input(), nodes, one.constants(), output);
  }

  private long rows(String name) {
    Shape shape = shapes.getOrDefault(name, Shape.of());
    if (constants.contains(name)) {
      return PerImageOperator.SHARED;
    }
    return shape.rank() == 0 ? PerImageOperator.NUMBER : shape.size(0);
  }

  private String free(String name) {
    Set<String> taken = new HashSet<>(constants);
    taken.add(one.input());
    one.nodes().forEach(node -> taken.add(node.name()));
    String free = name;
    for (int i = 2; taken.contains(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }
}
