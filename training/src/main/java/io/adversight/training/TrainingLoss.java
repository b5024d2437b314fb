package io.adversight.training;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.adversight.input.InputException;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** What a training makes small. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface TrainingLoss {
  /**
   * The loss of a batch, shape ().
   *
   * @param pass the values of all layers
   * @param labels (N, 1), int64
   */
  Tensor of(Pass pass, Tensor labels);

  /** The same loss by its terms, which the training curve shows; one unless it has several. */
  default LossTerms terms(Pass pass, Tensor labels) {
    return LossTerms.single(of(pass, labels));
  }

  /**
   * One training pass.
   *
   * @param values of the layers by name
   * @param weights of the network by name
   * @param output the name of the layer of the logits, (N, classes)
   * @param owners the class of each prototype; empty if all classes have as many, in their order
   */
  record Pass(
      Map<String, Tensor> values,
      Map<String, Tensor> weights,
      String output,
      List<Integer> owners) {
    Pass(Map<String, Tensor> values, Map<String, Tensor> weights, String output) {
      this(values, weights, output, List.of());
    }

    /** This pass of a network whose prototypes belong to these classes. */
    Pass owned(List<Integer> classes) {
      return new Pass(values, weights, output, List.copyOf(classes));
    }

    /** The logits, (N, classes). */
    Tensor logits() {
      return value(output);
    }

    /** The value of a layer. */
    Tensor value(String layer) {
      return known(values, layer);
    }

    /** A weight. */
    Tensor weight(String name) {
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
}
