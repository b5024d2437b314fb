package io.adversight.training.architecture;

import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.graph.operator.Activation;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;
import java.util.List;

/**
 * Dense layers with an activation between them and a dense layer of logits: FC100-100-10 and
 * FC123-456-10 of Szegedy et al. 2014 (section 4.2), whose units are sigmoids. Without hidden
 * layers it is softmax regression.
 *
 * @param hidden units of each layer before the logits
 * @param activation of the hidden units
 */
public record FullyConnected(List<Integer> hidden, Units activation) implements Architecture {
  /** What hidden units compute of their weighted sums. */
  public enum Units {
    /** max(0, x). */
    RELU,
    /** 1 / (1 + exp(-x)). */
    SIGMOID
  }

  public FullyConnected {
    hidden = List.copyOf(hidden);
    hidden.forEach(units -> Check.atLeast(1, units, "units of a layer"));
  }

  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    GraphBuilder plan = new GraphBuilder("pixels", input.channels(), rng);
    String last = plan.flattenMaps("flat", "pixels", input.height() * input.width());
    for (int i = 1; i <= hidden.size(); i++) {
      int units = hidden.get(i - 1);
      String dense = plan.dense("dense" + i, last, units);
      last =
          activation == Units.RELU
              ? plan.relu("relu" + i, dense)
              : plan.apply("sigmoid" + i, new Activation.Sigmoid(), units, dense);
    }
    return plan.graph(plan.dense("logits", last, classes));
  }
}
