package io.adversight.attack;

import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * The loop that iterative gradient attacks share: move, project onto the ball around the original,
 * clip. What a step made is freed with it, except the images and the rule's memory.
 */
final class Ascent {
  private Ascent() {}

  /**
   * One step of a rule.
   *
   * @param step what is added to the images
   * @param loss (N), before the step
   * @param memory tensors that the rule wants to see at its next step
   */
  record Move(Tensor step, Tensor loss, List<Tensor> memory) {
    static Move of(Tensor step, Slope slope) {
      return new Move(step, slope.loss(), List.of());
    }
  }

  /** How an attack moves. */
  @FunctionalInterface
  interface Rule {
    /** The move at images {@code x}; {@code memory} is empty at step 0. */
    Move move(Tensor x, int step, List<Tensor> memory);
  }

  /** The images after {@code steps} moves from {@code start}, which stays untouched. */
  static Tensor climb(Problem problem, Ball ball, Tensor start, int steps, Run run, Rule rule) {
    Tensor x = start;
    List<Tensor> memory = List.of();
    for (int i = 0; i < steps; i++) {
      try (Scope scope = Scope.open()) {
        Move move = rule.move(x, i, memory);
        Tensor next = problem.clip(ball.project(x.add(move.step()), problem.pixels()));
        run.step(next, move.loss());
        scope.keep(next);
        move.memory().forEach(scope::keep);
        memory.forEach(Tensor::close);
        if (x != start) {
          x.close();
        }
        x = next;
        memory = move.memory();
      }
    }
    memory.forEach(Tensor::close);
    return x;
  }
}
