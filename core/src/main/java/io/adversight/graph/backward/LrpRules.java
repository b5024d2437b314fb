package io.adversight.graph.backward;

import io.adversight.graph.BackwardRules;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Operator;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Layer-wise relevance propagation as backward rules: activation times gradient is the relevance.
 *
 * <ul>
 *   <li>Linear layers follow their rule.
 *   <li>A function of one element at a time hands its relevance on: its gradient is f(z) / z, which
 *       for ReLU is its own. That holds for Clip (ReLU6) and GELU too.
 *   <li>A sigmoid that only gates a product (SiLU, squeeze and excitation) takes no relevance: the
 *       gated signal takes all.
 *   <li>Other products of two activations give each factor one half.
 *   <li>Sums give each term its share, max-pooling everything to the winner, averages to each
 *       element its share; local response normalisation hands on what it scales.
 *   <li>A BatchNormalization that was not folded is linear, with its bias taking its part.
 * </ul>
 *
 * @param rules the rule of each layer by name
 * @param otherwise the rule of linear layers without one
 * @param gates the nodes that only gate
 */
public record LrpRules(Map<String, LrpRule> rules, LrpRule otherwise, Set<String> gates)
    implements BackwardRules {
  public LrpRules {
    rules = Map.copyOf(rules);
    gates = Set.copyOf(gates);
  }

  @Override
  public Tensor forward(Node node, List<Tensor> inputs) {
    Operator operator = node.operator();
    if (gates.contains(node.name())) {
      return operator.forward(inputs).detach();
    }
    boolean several = inputs.stream().filter(Tensor::isRecorded).count() > 1;
    if (operator instanceof Linear linear && inputs.get(0).isRecorded() && !several) {
      return rules.getOrDefault(node.name(), otherwise).forward(linear, inputs);
    }
    if (several && operator.type().matches("Mul|MatMul")) {
      Tensor a = inputs.get(0);
      Tensor b = inputs.get(1);
      Tensor halves =
          operator
              .forward(List.of(a, b.detach()))
              .add(operator.forward(List.of(a.detach(), b)))
              .div(2);
      return Recorded.as(halves, halves);
    }
    Tensor x = inputs.get(0);
    if (x.isRecorded() && handsOn(operator)) {
      Tensor value = operator.forward(inputs).detach();
      return Recorded.as(value, x.mul(Recorded.quotient(value, x.detach())));
    }
    return operator.forward(inputs);
  }

  private static boolean handsOn(Operator operator) {
    boolean elementWise =
        operator instanceof Activation && !operator.type().matches("Relu|Softmax|LogSoftmax");
    return elementWise || operator.type().equals("LRN");
  }
}
