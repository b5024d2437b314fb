package io.adversight.graph;

import io.adversight.graph.operator.Operator;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Tensor;
import java.util.List;

/** The backward rules that differ only at rectifiers. */
enum Rectifiers implements BackwardRules {
  STANDARD {
    @Override
    Tensor rectify(Operator operator, List<Tensor> inputs) {
      return operator.forward(inputs);
    }
  },
  GUIDED {
    @Override
    Tensor rectify(Operator operator, List<Tensor> inputs) {
      return Gradients.keepPositive(operator.forward(inputs));
    }
  },
  DECONVNET {
    @Override
    Tensor rectify(Operator operator, List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      return Gradients.keepPositive(x.add(operator.forward(inputs).sub(x).detach()));
    }
  },
  STRAIGHT_THROUGH {
    @Override
    Tensor rectify(Operator operator, List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      return x.add(operator.forward(inputs).sub(x).detach());
    }
  };

  abstract Tensor rectify(Operator operator, List<Tensor> inputs);

  @Override
  public Tensor forward(Node node, List<Tensor> inputs) {
    return node.operator().isRectifier()
        ? rectify(node.operator(), inputs)
        : node.operator().forward(inputs);
  }
}
