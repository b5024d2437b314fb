package io.adversight.graph.operator;

import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * What a node computes: one small record per ONNX operator, named as there, its components the
 * attributes. Gradients follow from the tensor operations.
 */
public sealed interface Operator
    permits Activation,
        Arithmetic,
        Layout,
        Linear,
        Normalization,
        PerImageOperator,
        Pooling,
        Quantization,
        Reduction,
        Resampling,
        Selection {
  /** The result for the given inputs, in ONNX order. */
  Tensor forward(List<Tensor> inputs);

  /**
   * The shape of the result for inputs of the given shapes, without computing it.
   *
   * @throws IllegalArgumentException if inputs of these shapes do not fit
   */
  Shape shape(List<Shape> inputs);

  /**
   * About how many multiplications, or steps as long as one, the result takes.
   *
   * @param inputs shapes of the inputs
   * @param output shape of the result
   */
  default double work(List<Shape> inputs, Shape output) {
    return (double) output.elements();
  }

  /** The ONNX operator's name. */
  default String type() {
    return getClass().getSimpleName();
  }

  /** What is done to one image, where images are computed on their own; else this itself. */
  default Operator ofOneImage() {
    return this;
  }

  /** Whether guided backpropagation and the deconvnet treat this operator as a ReLU. */
  default boolean isRectifier() {
    return false;
  }
}
