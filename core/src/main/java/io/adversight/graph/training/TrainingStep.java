package io.adversight.graph.training;

import io.adversight.tensor.Gradients;
import io.adversight.tensor.Optimizer;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * One step of an optimizer: a loss is computed from the recorded weights, which then move against
 * its gradient. It lives in the scope that is open when it begins.
 *
 * <pre>{@code
 * try (Scope scope = Scope.open()) {
 *   TrainingStep step = TrainingStep.from(state);
 *   Tensor loss = ... step.weights() ...;
 *   state = step.along(loss, rule, rate, scope);
 * }
 * }</pre>
 *
 * @param before the state that the step starts from
 * @param weights its values, recorded
 */
public record TrainingStep(Optimizer.State before, List<Tensor> weights) {
  public TrainingStep {
    weights = List.copyOf(weights);
  }

  /** A step from a state. */
  public static TrainingStep from(Optimizer.State state) {
    return new TrainingStep(state, state.values().stream().map(Tensor::leaf).toList());
  }

  /**
   * The state after the step, handed to the scope around {@code scope}; the one before is freed.
   *
   * @param loss of the weights, shape ()
   * @param rate the learning rate
   */
  public Optimizer.State along(Tensor loss, Optimizer rule, double rate, Scope scope) {
    List<Tensor> gradients = Gradients.of(loss, weights, Gradients.Recording.FREE);
    return before.replaced(scope, rule.step(before, gradients, rate));
  }
}
