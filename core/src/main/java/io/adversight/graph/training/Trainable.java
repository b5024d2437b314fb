package io.adversight.graph.training;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Normalization;
import io.adversight.tensor.Device;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A graph whose constants are trained. Its weights are given anew at each pass; the running
 * statistics of its batch normalisations change at each training pass.
 */
public final class Trainable {
  private static final double MOMENTUM = 0.1;

  private final Graph graph;
  private final List<String> weights;
  private final Map<String, Tensor> statistics;

  /** The constants of a graph as they are at first; its running statistics are copied. */
  public Trainable(Graph untrained, Device device) {
    Graph there = untrained.to(device);
    this.statistics = new LinkedHashMap<>();
    for (Node node : there.nodes()) {
      if (node.operator() instanceof Normalization.BatchNormalization) {
        for (String name : node.inputs().subList(3, 5)) {
          statistics.put(name, constant(there, name).copy());
        }
      }
    }
    Set<String> names = new LinkedHashSet<>();
    there.nodes().forEach(node -> names.addAll(node.inputs()));
    names.retainAll(there.constants().keySet());
    names.removeAll(statistics.keySet());
    names.removeIf(name -> !isTrained(constant(there, name)));
    this.weights = List.copyOf(names);
    this.graph = there.withConstants(statistics);
  }

  /** Whole numbers and numbers without dimensions are part of the architecture. */
  private static boolean isTrained(Tensor constant) {
    return constant.isFloating() && constant.rank() > 0;
  }

  private static Tensor forward(Node node, List<Tensor> inputs, Predicate<String> trained) {
    return node.operator() instanceof Normalization.BatchNormalization norm
            && trained.test(node.inputs().get(1))
        ? Kernels.batchNormTraining(
            inputs.get(0),
            inputs.get(1),
            inputs.get(2),
            inputs.get(3),
            inputs.get(4),
            MOMENTUM,
            norm.epsilon())
        : node.operator().forward(inputs);
  }

  /** The names of the trained constants, in the order in which the graph first uses them. */
  public List<String> weights() {
    return weights;
  }

  /** The trained constants as they were at first. */
  public List<Tensor> initial() {
    return weights.stream().map(name -> constant(graph, name)).toList();
  }

  /** The running statistics by name; later passes change them. */
  public Map<String, Tensor> statistics() {
    return statistics;
  }

  /** The output of a training pass, recorded if {@code values} (in order of the weights) are. */
  public Tensor forward(Tensor x, List<Tensor> values) {
    return with(values).forward(x, (node, inputs) -> forward(node, inputs, name -> true));
  }

  /**
   * The values of all nodes in a training pass.
   *
   * @param network this one {@linkplain #with with} some values, or a part of it
   * @param trained which weights change: the normalisations of others use the running statistics
   */
  public static Map<String, Tensor> forwardAll(Graph network, Tensor x, Predicate<String> trained) {
    return network.forwardAll(x, (node, inputs) -> forward(node, inputs, trained));
  }

  /** The network with these weights and the running statistics as they are. */
  public Graph with(List<Tensor> values) {
    Map<String, Tensor> changed = new HashMap<>();
    for (int i = 0; i < weights.size(); i++) {
      changed.put(weights.get(i), values.get(i));
    }
    return graph.withConstants(changed);
  }

  private static Tensor constant(Graph graph, String name) {
    Tensor tensor = graph.constants().get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("there is no tensor \"%s\"".formatted(name));
    }
    return tensor;
  }
}
