package io.adversight.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * A rule by which tensors follow the gradient of a number downhill. Rules are values; what a rule
 * remembers from step to step is a {@link State}, so that it can be stored and taken up again.
 *
 * <pre>{@code
 * Optimizer.State state = rule.start(List.of(x));
 * for (...) {
 *   try (Scope scope = Scope.open()) {
 *     List<Tensor> gradients = ...;
 *     state = state.replaced(scope, rule.step(state, gradients, rate));
 *   }
 * }
 * }</pre>
 */
public sealed interface Optimizer permits Sgd, Adam, LargestStep {
  /** The state before the first step. */
  State start(List<Tensor> values);

  /**
   * The state after a step against {@code gradients}, one per value.
   *
   * @param rate the learning rate; a negative one climbs
   */
  State step(State state, List<Tensor> gradients, double rate);

  /**
   * The values as they are, and what the rule remembers.
   *
   * @param values not recorded
   * @param memory averages of earlier gradients, in the order and shapes of the values
   * @param steps the number of steps made
   */
  record State(List<Tensor> values, List<Tensor> memory, long steps) {
    public State {
      values = List.copyOf(values);
      memory = List.copyOf(memory);
    }

    /** Hands {@code next} to the scope around {@code scope} and frees this state; returns it. */
    public State replaced(Scope scope, State next) {
      next.tensors().forEach(scope::keep);
      tensors().forEach(Tensor::close);
      return next;
    }

    private List<Tensor> tensors() {
      List<Tensor> all = new ArrayList<>(values);
      all.addAll(memory);
      return all;
    }
  }
}
