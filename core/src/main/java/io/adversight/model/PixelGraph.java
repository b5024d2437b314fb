package io.adversight.model;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Operator;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** A network with its preprocessing inside, as one graph: from pixels in [0, 1] to logits. */
final class PixelGraph {
  private final Set<String> taken = new HashSet<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> constants;

  private PixelGraph(Graph graph) {
    this.constants = new HashMap<>(graph.constants());
    taken.add(graph.input());
    taken.addAll(constants.keySet());
    graph.nodes().forEach(node -> taken.add(node.name()));
  }

  /**
   * A graph that takes pixels, (N, C, H, W).
   *
   * @param scale what a pixel is multiplied by, and {@code shift} what is then added, (1, C, 1, 1);
   *     they live as long as the graph
   * @param smallest where the graph gives probabilities, the smallest whose logarithm is taken;
   *     else 0, and the outputs stay as they are
   */
  static Graph of(
      Graph graph, Preprocessing preprocessing, Tensor scale, Tensor shift, double smallest) {
    PixelGraph made = new PixelGraph(graph);
    String pixels = made.before(graph, preprocessing, scale, shift);
    made.nodes.addAll(graph.nodes());
    String last = graph.output();
    if (smallest > 0) {
      Operator clip = new Activation.Clip(smallest, Double.POSITIVE_INFINITY);
      last =
          made.then(
              made.free("log_probabilities"),
              new Activation.Log(),
              made.then(made.free("clipped_probabilities"), clip, last));
    }
    return new Graph(pixels, made.nodes, made.constants, last);
  }

  /** Adds the steps in front of the network, and returns the name of what they start from. */
  private String before(Graph graph, Preprocessing preprocessing, Tensor scale, Tensor shift) {
    List<Step> steps = new ArrayList<>();
    if (preprocessing.channels() == ChannelOrder.BGR) {
      long channels = scale.size(1);
      List<Long> reversed =
          LongStream.range(0, channels).mapToObj(channel -> channels - 1 - channel).toList();
      steps.add(new Step("reversed", new Layout.Gather(1, reversed, List.of(channels)), List.of()));
    }
    if (!preprocessing.leavesValues()) {
      steps.add(new Step("scaled", new Arithmetic.Mul(), List.of(constant("pixel_scale", scale))));
      steps.add(new Step("shifted", new Arithmetic.Add(), List.of(constant("pixel_shift", shift))));
    }
    if (preprocessing.layout() == AxisOrder.NHWC) {
      Operator transpose = new Layout.Transpose(List.of(0L, 2L, 3L, 1L));
      steps.add(new Step("channels_last", transpose, List.of()));
    }
    if (steps.isEmpty()) {
      return graph.input();
    }
    String pixels = free("pixels");
    String last = pixels;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      boolean isLast = i == steps.size() - 1;
      List<String> inputs = new ArrayList<>(List.of(last));
      inputs.addAll(step.constants());
      last = then(isLast ? graph.input() : free(step.name()), step.operator(), inputs);
    }
    return pixels;
  }

  /** One step of the preprocessing, which takes the value before it and constants. */
  private record Step(String name, Operator operator, List<String> constants) {}

  private String then(String name, Operator operator, String input) {
    return then(name, operator, List.of(input));
  }

  private String then(String name, Operator operator, List<String> inputs) {
    nodes.add(new Node(name, operator, inputs));
    return name;
  }

  private String constant(String name, Tensor value) {
    String free = free(name);
    constants.put(free, value);
    return free;
  }

  private String free(String name) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }
}
