package io.adversight.attack.blackbox;

import io.adversight.attack.iteration.PixelOptimizer;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.run.Run;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;

/**
 * Projected descent on a gradient that is estimated from answers at pairs of opposite points; an
 * image is finished once it succeeds or its query budget is spent.
 *
 * @param pairs of images for one estimate
 * @param distance at which images are asked
 * @param score that falls
 * @param directions how points are drawn
 */
record EstimatedDescent(
    int pairs,
    double distance,
    BlackBoxProblem.Score score,
    AntitheticGradient.Directions directions) {

  /** Starts to walk from the images given. */
  @FunctionalInterface
  interface Start {
    PixelOptimizer from(Tensor images);
  }

  /** The images where the walks ended. */
  Tensor run(BlackBoxProblem problem, Ball ball, Run run, Start start) {
    try (Scope scope = Scope.open()) {
      LoopVariable result = new LoopVariable(problem.pixels());
      boolean[] done = problem.ask(problem.pixels());
      int[] active = AntitheticGradient.affordable(problem, done, pairs);
      PixelOptimizer optimizer = start.from(problem.pixels().rows(active));
      for (int i = 0; active.length > 0; i++) {
        try (Scope step = Scope.open()) {
          BlackBoxProblem part = problem.select(active);
          Run own = run.select(active);
          Tensor evaluation =
              AntitheticGradient.gradient(
                  part, optimizer.value(), score, directions, pairs, distance, own.split(i));
          optimizer.step(evaluation);
          Tensor next = part.clip(ball.project(optimizer.value(), part.pixels()));
          optimizer.move(next);
          result.set(result.value().withRows(active, next));
          boolean[] reached = part.ask(next);
          for (int k = 0; k < active.length; k++) {
            done[active[k]] = reached[k];
          }
          own.step(next, evaluation.l2PerImage().reshape(-1));
        }
        active = left(problem, done, active, optimizer);
      }
      return scope.keep(result.value());
    }
  }

  private int[] left(
      BlackBoxProblem problem, boolean[] done, int[] active, PixelOptimizer optimizer) {
    int[] rest = AntitheticGradient.affordable(problem, done, pairs);
    if (rest.length < active.length && rest.length > 0) {
      int[] places = Arrays.stream(rest).map(image -> Arrays.binarySearch(active, image)).toArray();
      for (LoopVariable carried : optimizer.state()) {
        carried.keepRows(places);
      }
    }
    return rest;
  }

  /** A walk in steps of one length along the steepest direction of a norm. */
  static PixelOptimizer steepest(Tensor start, Norm norm, double length) {
    LoopVariable x = new LoopVariable(start);
    return new PixelOptimizer() {
      @Override
      public Tensor value() {
        return x.value();
      }

      @Override
      public void step(Tensor gradient) {
        try (Scope scope = Scope.open()) {
          x.set(x.value().sub(norm.steepest(gradient).mul(length)));
        }
      }

      @Override
      public void move(Tensor next) {
        x.set(next);
      }

      @Override
      public LoopVariable[] state() {
        return new LoopVariable[] {x};
      }
    };
  }
}
