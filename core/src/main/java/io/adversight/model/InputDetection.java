package io.adversight.model;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.onnx.ImportedModel;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds out what white is for a network: 255 where it scales its input itself. */
final class InputDetection {
  private static final double WHITE = 255;
  private static final double ABOVE_ONE = 2;
  private static final double SMALL_DIVISOR = 100;

  private InputDetection() {}

  /**
   * The largest pixel that a network takes, 1 or 255, by its input's type and its first steps.
   *
   * @param plain whether nothing is said of a mean or a deviation: else the network's own first
   *     steps are not taken for the whole preprocessing
   */
  static double range(ImportedModel model, boolean plain) {
    return model.takesIntegers() || (plain && scalesFromBytes(model.graph())) ? WHITE : 1;
  }

  /** Whether the first arithmetic divides by some 255, or subtracts a mean of more than 2. */
  private static boolean scalesFromBytes(Graph graph) {
    String value = graph.input();
    for (int steps = 0; steps < graph.nodes().size(); steps++) {
      List<Node> users = users(graph, value);
      if (users.size() != 1) {
        return false;
      }
      Node node = users.get(0);
      Operator operator = node.operator().ofOneImage();
      if (operator instanceof Arithmetic || operator instanceof Normalization) {
        return scales(node, operator, graph);
      }
      if (!(operator instanceof Layout)) {
        return false;
      }
      value = node.name();
    }
    return false;
  }

  private static List<Node> users(Graph graph, String value) {
    return graph.nodes().stream().filter(node -> node.inputs().contains(value)).toList();
  }

  private static boolean scales(Node node, Operator operator, Graph graph) {
    if (operator instanceof Normalization.BatchNormalization) {
      return Optional.ofNullable(graph.constants().get(node.inputs().get(3)))
          .filter(mean -> largest(mean) > ABOVE_ONE)
          .isPresent();
    }
    Optional<Tensor> constant =
        node.inputs().stream()
            .filter(graph.constants()::containsKey)
            .map(graph.constants()::get)
            .findFirst();
    double number = constant.map(InputDetection::largest).orElse(0.0);
    return (operator instanceof Arithmetic.Div && number >= SMALL_DIVISOR)
        || (operator instanceof Arithmetic.Mul && number > 0 && number <= 1 / SMALL_DIVISOR)
        || (operator instanceof Arithmetic.Sub && number > ABOVE_ONE)
        || (operator instanceof Arithmetic.Add && number > ABOVE_ONE);
  }

  private static double largest(Tensor constant) {
    return Arrays.stream(constant.toDoubles()).map(Math::abs).max().orElse(0);
  }
}
