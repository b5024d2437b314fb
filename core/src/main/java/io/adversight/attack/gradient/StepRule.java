package io.adversight.attack.gradient;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.function.BiFunction;

/** How an iterative attack makes a step of the gradient. */
@FunctionalInterface
interface StepRule {
  /** The step from {@code iterate}; {@code network} gives the gradient of the attack's loss. */
  Step step(Iterate iterate, GradientOracle network);

  /**
   * Whether the rule evaluates the gradient at the images themselves, which yields their logits.
   */
  default boolean evaluatesAtTheImages() {
    return false;
  }

  /** A rule that remembers nothing: the change that follows from the gradient at the images. */
  static StepRule along(Ball ball, BiFunction<Iterate, Tensor, Tensor> change) {
    return atTheImages(
        ball,
        (iterate, evaluation) ->
            new Step(change.apply(iterate, evaluation.gradient()), evaluation.loss(), List.of()));
  }

  /** A rule that evaluates one gradient a step, at the images. */
  static StepRule atTheImages(Ball ball, BiFunction<Iterate, GradientEvaluation, Step> rule) {
    return new StepRule() {
      @Override
      public Step step(Iterate iterate, GradientOracle network) {
        return rule.apply(iterate, network.gradient(iterate.query(ball, ball.epsilon())));
      }

      @Override
      public boolean evaluatesAtTheImages() {
        return true;
      }
    };
  }
}
