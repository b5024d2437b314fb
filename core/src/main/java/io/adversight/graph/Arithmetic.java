package io.adversight.graph;

import io.adversight.tensor.Tensor;
import java.util.List;

/** Element-by-element operations of several inputs, which broadcast. */
public sealed interface Arithmetic extends Operator {
  /** a + b. */
  record Add() implements Arithmetic {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.get(0).add(inputs.get(1));
    }
  }
}
