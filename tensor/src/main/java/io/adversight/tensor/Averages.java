package io.adversight.tensor;

import java.util.ArrayList;
import java.util.List;

/** What the optimisers share: their first state, and which tensors decay. */
final class Averages {
  private Averages() {}

  /** The state before the first step of a rule that remembers some averages per value. */
  static Optimizer.State zero(List<Tensor> values, int averages) {
    List<Tensor> memory = new ArrayList<>();
    for (int i = 0; i < averages; i++) {
      values.forEach(value -> memory.add(value.fullLike(0)));
    }
    return new Optimizer.State(values.stream().map(Tensor::alias).toList(), memory, 0);
  }

  /** Whether weight decay applies: to weights, not to biases and the scales of normalisations. */
  static boolean decays(Tensor value, double decay) {
    return decay != 0 && value.rank() > 1;
  }

  /** Requires one gradient per value. */
  static void match(Optimizer.State state, List<Tensor> gradients) {
    if (gradients.size() != state.values().size()) {
      throw new IllegalArgumentException(
          "there are %s tensors, but %s gradients"
              .formatted(state.values().size(), gradients.size()));
    }
  }
}
