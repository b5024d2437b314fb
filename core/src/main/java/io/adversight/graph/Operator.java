package io.adversight.graph;

import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * What a node computes: one small record per ONNX operator, named as there, its components the
 * attributes. Gradients follow from the tensor operations.
 */
public sealed interface Operator
    permits Activation, Arithmetic, Layout, Linear, Normalization, Pooling {
  /** The result for the given inputs, in ONNX order. */
  Tensor forward(List<Tensor> inputs);

  /** The ONNX operator's name. */
  default String type() {
    return getClass().getSimpleName();
  }

  /** Whether guided backpropagation and the deconvnet treat this operator as a ReLU. */
  default boolean isRectifier() {
    return false;
  }
}
