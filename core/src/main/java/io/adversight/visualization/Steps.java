package io.adversight.visualization;

import io.adversight.tensor.Optimizer;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Ascent by an optimiser that takes one gradient per step. */
final class Steps {
  private Steps() {}

  /**
   * The numbers after all steps.
   *
   * @param form what becomes of a gradient before it is followed
   */
  static Tensor follow(
      Optimizer rule,
      double rate,
      UnaryOperator<Tensor> form,
      Tensor start,
      Optimization optimization) {
    int[] rows = IntStream.range(0, (int) start.size(0)).toArray();
    try (Scope scope = Scope.open()) {
      Optimizer.State state = rule.start(List.of(start.copy()));
      for (int step = 1; step <= optimization.steps(); step++) {
        try (Scope inner = Scope.open()) {
          ObjectiveGradient evaluation = optimization.gradient(state.values().get(0), step, rows);
          Optimizer.State next =
              rule.step(state, List.of(form.apply(evaluation.gradient())), -rate);
          Tensor settled = optimization.settle(next.values().get(0), evaluation.gradient(), step);
          // A handle of its own: the state before is freed, whatever the step returned.
          List<Tensor> values = List.of(settled.detach());
          state = state.replaced(inner, new Optimizer.State(values, next.memory(), next.steps()));
          optimization.made(step, state.values().get(0), evaluation.values());
        }
      }
      return scope.keep(state.values().get(0));
    }
  }
}
