package io.adversight.graph;

import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * How a gradient passes the nodes of a graph: computes a node's value in such a way that the
 * recorded gradient is the wanted one. The value itself must be that of the operator. Rules are
 * values: equal rules share a pass.
 */
public interface BackwardRules {
  /** The value of {@code node} for these inputs, recorded with this rule's gradient. */
  Tensor forward(Node node, List<Tensor> inputs);

  /** The true gradient. */
  BackwardRules STANDARD = Rectifiers.STANDARD;

  /**
   * Guided backpropagation (Springenberg et al. 2015, figure 1): a rectifier passes a gradient
   * where both its input and the gradient are positive. What is no rectifier (GELU, softmax, layer
   * normalisation, products of two activations) passes its true gradient.
   */
  BackwardRules GUIDED = Rectifiers.GUIDED;

  /**
   * The deconvnet (Zeiler and Fergus 2014, section 2.1): a rectifier passes the positive part of
   * the gradient, whatever its input was.
   */
  BackwardRules DECONVNET = Rectifiers.DECONVNET;

  /** A rectifier passes the whole gradient, whatever its input was. */
  BackwardRules STRAIGHT_THROUGH = Rectifiers.STRAIGHT_THROUGH;
}
