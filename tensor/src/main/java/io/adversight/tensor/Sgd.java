package io.adversight.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * Gradient descent with momentum: v &lt;- momentum v + g, x &lt;- x - rate v; Nesterov's form goes
 * along g + momentum v (Sutskever et al. 2013, equations 3 and 4, with the rate outside v).
 *
 * @param momentum in [0, 1); 0 is plain gradient descent
 * @param weightDecay added to the gradient as {@code weightDecay * x} for tensors of two or more
 *     dimensions: weights, but not biases or the scales of normalisations
 * @param nesterov whether the step looks ahead
 */
public record Sgd(double momentum, double weightDecay, boolean nesterov) implements Optimizer {
  public Sgd {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum must be in [0, 1), but was " + momentum);
    }
    if (!(weightDecay >= 0)) {
      throw new IllegalArgumentException("weightDecay must be at least 0, but was " + weightDecay);
    }
  }

  @Override
  public State start(List<Tensor> values) {
    return Averages.zero(values, momentum == 0 ? 0 : 1);
  }

  @Override
  public State step(State state, List<Tensor> gradients, double rate) {
    Averages.match(state, gradients);
    List<Tensor> values = new ArrayList<>();
    List<Tensor> velocities = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      Tensor value = state.values().get(i);
      Tensor direction = gradients.get(i);
      if (Averages.decays(value, weightDecay)) {
        direction = direction.add(value.mul(weightDecay));
      }
      if (momentum != 0) {
        Tensor velocity = state.memory().get(i).mul(momentum).add(direction);
        velocities.add(velocity);
        direction = nesterov ? direction.add(velocity.mul(momentum)) : velocity;
      }
      values.add(value.sub(direction.mul(rate)));
    }
    return new State(values, velocities, state.steps() + 1);
  }
}
