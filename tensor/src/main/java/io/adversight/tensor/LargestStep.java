package io.adversight.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * Momentum whose step is as long as the rate says: v &lt;- momentum v + g, x &lt;- clip(x - rate v
 * / max |v|, -limit, limit), with the maximum over each row of a matrix and over all of any other
 * tensor (Krotov and Hopfield 2016, equation 13 and what follows it).
 *
 * @param momentum in [0, 1)
 * @param limit the largest absolute value of an element
 */
public record LargestStep(double momentum, double limit) implements Optimizer {
  private static final double SMALLEST = 1e-30;

  public LargestStep {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum must be in [0, 1), but was " + momentum);
    }
    if (!(limit > 0)) {
      throw new IllegalArgumentException("limit must be positive, but was " + limit);
    }
  }

  @Override
  public State start(List<Tensor> values) {
    return Averages.zero(values, 1);
  }

  @Override
  public State step(State state, List<Tensor> gradients, double rate) {
    Averages.match(state, gradients);
    List<Tensor> values = new ArrayList<>();
    List<Tensor> velocities = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      Tensor velocity = state.memory().get(i).mul(momentum).add(gradients.get(i));
      Tensor largest = largest(velocity).clamp(SMALLEST, Double.MAX_VALUE);
      Tensor moved = state.values().get(i).sub(velocity.div(largest).mul(rate));
      values.add(moved.clamp(-limit, limit));
      velocities.add(velocity);
    }
    return new State(values, velocities, state.steps() + 1);
  }

  private static Tensor largest(Tensor velocity) {
    Tensor rows = velocity.rank() == 2 ? velocity : velocity.reshape(1, -1);
    Tensor largest = rows.abs().max(1).reshape(-1, 1);
    return velocity.rank() == 2 ? largest : largest.reshape();
  }
}
