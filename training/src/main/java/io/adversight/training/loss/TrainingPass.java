package io.adversight.training.loss;

import io.adversight.graph.Graph;
import io.adversight.graph.training.Trainable;
import io.adversight.input.InputException;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One training pass.
 *
 * @param values of the layers by name
 * @param weights of the network by name
 * @param output the name of the layer of the logits, (N, classes)
 * @param owners the class of each prototype; empty if all classes have as many, in their order
 */
public record TrainingPass(
    Map<String, Tensor> values, Map<String, Tensor> weights, String output, List<Integer> owners) {
  public TrainingPass(Map<String, Tensor> values, Map<String, Tensor> weights, String output) {
    this(values, weights, output, List.of());
  }

  /**
   * A training pass of a batch through a network.
   *
   * @param trained which weights change
   */
  public static TrainingPass of(Graph network, Tensor x, Predicate<String> trained) {
    Map<String, Tensor> values = Trainable.forwardAll(network, x, trained);
    return new TrainingPass(values, network.constants(), network.output());
  }

  /** This pass of a network whose prototypes belong to these classes. */
  public TrainingPass owned(List<Integer> classes) {
    return new TrainingPass(values, weights, output, List.copyOf(classes));
  }

  /** The logits, (N, classes). */
  public Tensor logits() {
    return value(output);
  }

  /** The value of a layer. */
  public Tensor value(String layer) {
    return known(values, layer);
  }

  /** A weight. */
  public Tensor weight(String name) {
    return known(weights, name);
  }

  private static Tensor known(Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new InputException(
          "the loss needs \"%s\", which the architecture does not have".formatted(name));
    }
    return tensor;
  }
}
