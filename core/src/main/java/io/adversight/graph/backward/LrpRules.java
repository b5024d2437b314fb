package io.adversight.graph.backward;

import io.adversight.graph.BackwardRules;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Axes;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Layer-wise relevance propagation as backward rules: activation times gradient is the relevance.
 *
 * <ul>
 *   <li>Linear layers follow their rule.
 *   <li>A function of one element at a time hands its relevance on: its gradient is f(z) / z, which
 *       for ReLU is its own. That holds for Clip (ReLU6) and GELU too.
 *   <li>What only gates a product (the sigmoid of SiLU or of squeeze and excitation, the erf of
 *       GELU) takes no relevance: the gated signal takes all.
 *   <li>Other products of two activations, such as queries with keys and attention with values,
 *       give each factor one half (Achtibat et al. 2024, section 3).
 *   <li>A softmax inside a network has its true gradient: times its input that is its Taylor
 *       expansion (the same), whose bias takes its part.
 *   <li>Layer normalisation is a linear function with the deviation as a constant (the same), and
 *       so is a quotient with its divisor.
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
    if (operator instanceof Normalization.LayerNormalization norm) {
      return Recorded.as(operator.forward(inputs), withConstantDeviation(norm, inputs));
    }
    if (several && operator.type().equals("Div")) {
      return operator.forward(List.of(inputs.get(0), inputs.get(1).detach()));
    }
    Tensor x = inputs.get(0);
    if (x.isRecorded() && handsOn(operator)) {
      Tensor value = operator.forward(inputs).detach();
      return Recorded.as(value, x.mul(Recorded.quotient(value, x.detach())));
    }
    return operator.forward(inputs);
  }

  /** Layer normalisation in which the deviation does not depend on x. */
  private static Tensor withConstantDeviation(
      Normalization.LayerNormalization norm, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    int[] dims = IntStream.range(Axes.of(norm.axis(), x.rank()), x.rank()).toArray();
    Tensor centred = x.sub(x.mean(dims));
    Tensor deviation = centred.detach().square().mean(dims).add(norm.epsilon()).sqrt();
    Tensor scaled = centred.div(deviation).mul(inputs.get(1));
    return inputs.size() > 2 ? scaled.add(inputs.get(2)) : scaled;
  }

  private static boolean handsOn(Operator operator) {
    boolean elementWise =
        operator instanceof Activation && !operator.type().matches("Relu|Softmax|LogSoftmax");
    return elementWise || operator.type().equals("LRN");
  }
}
