package io.adversight.training;

import io.adversight.model.Input;
import io.adversight.tensor.Device;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Optimizer;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.Architecture;
import io.adversight.training.loss.PassLoss;
import java.util.List;

/** A network that is trained batch by batch, without recipe, data set or files. */
public final class Trainer {
  private static final double MOMENTUM = 0.1;

  private final Trainable network;
  private final PassLoss loss;
  private final Optimizer optimizer;
  private Optimizer.State state;

  /**
   * An untrained network on the processor.
   *
   * @param rng where the first weights come from
   */
  public Trainer(
      Architecture architecture,
      Input input,
      int classes,
      PassLoss loss,
      Optimizer optimizer,
      Rng rng) {
    this.network = new Trainable(architecture.graph(input, classes, rng), Device.CPU, MOMENTUM);
    this.loss = loss;
    this.optimizer = optimizer;
    this.state = optimizer.start(network.initial());
  }

  /**
   * One step; returns the loss before it.
   *
   * @param pixels (N, C, H, W), preprocessed
   * @param labels (N, 1), int64
   */
  public double step(Tensor pixels, Tensor labels, double rate) {
    try (Scope scope = Scope.open()) {
      List<Tensor> leaves = state.values().stream().map(Tensor::leaf).toList();
      Tensor value = loss.of(network.pass(pixels.channelsLast(), leaves, name -> true), labels);
      List<Tensor> gradients = Gradients.of(value, leaves, Gradients.Recording.FREE);
      state = state.replaced(scope, optimizer.step(state, gradients, rate));
      return value.item();
    }
  }

  /** The weights as they are, by the names of {@link #names()}. */
  public List<Tensor> weights() {
    return state.values();
  }

  /** The names of the weights, in the order in which the network first uses them. */
  public List<String> names() {
    return network.weights();
  }
}
