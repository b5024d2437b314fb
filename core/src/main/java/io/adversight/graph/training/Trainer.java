package io.adversight.graph.training;

import io.adversight.graph.Graph;
import io.adversight.tensor.Device;
import io.adversight.tensor.Optimizer;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A network whose weights are all trained, batch by batch. Weights live in the scope that is open
 * at each step, which must be the one in which the trainer is made; what a step needs it makes
 * itself.
 */
public final class Trainer {
  private final Trainable network;
  private final Optimizer rule;
  private Optimizer.State state;

  /** An untrained network. */
  public Trainer(Graph untrained, Device device, Optimizer rule) {
    this.network = new Trainable(untrained, device);
    this.rule = rule;
    this.state = rule.start(network.initial());
  }

  /**
   * One step; returns the loss before it.
   *
   * @param loss from the network, which makes outputs (N, ...) of inputs (N, ...), to the loss,
   *     shape ()
   * @param rate the learning rate
   */
  public double step(Function<UnaryOperator<Tensor>, Tensor> loss, double rate) {
    try (Scope scope = Scope.open()) {
      TrainingStep step = TrainingStep.from(state);
      Tensor value = loss.apply(x -> network.forward(x, step.weights()));
      state = step.along(value, rule, rate, scope);
      return value.item();
    }
  }

  /** The network as it is now; the next step frees its weights. */
  public Graph network() {
    return network.with(state.values());
  }

  /** The names of the weights, in the order in which the network first uses them. */
  public List<String> names() {
    return network.weights();
  }
}
