package io.adversight.attack.blackbox;

import io.adversight.attack.iteration.PixelOptimizer;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.run.Run;
import io.adversight.tensor.Carried;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;

/**
 * Projected descent on a gradient that is estimated from answers at pairs of opposite points; an
 * image leaves when it reaches the goal or cannot pay for another step.
 *
 * @param pairs of pictures for one estimate
 * @param distance at which pictures are asked
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
      Carried result = new Carried(problem.pixels());
      boolean[] done = problem.ask(problem.pixels());
      int[] active = AntitheticGradient.affordable(problem, done, pairs);
      PixelOptimizer walk = start.from(problem.pixels().rows(active));
      for (int i = 0; active.length > 0; i++) {
        try (Scope step = Scope.open()) {
          BlackBoxProblem part = problem.select(active);
          Run own = run.select(active);
          Tensor slope =
              AntitheticGradient.gradient(
                  part, walk.value(), score, directions, pairs, distance, own.split(i));
          walk.step(slope);
          Tensor next = part.clip(ball.project(walk.value(), part.pixels()));
          walk.move(next);
          result.set(result.value().withRows(active, next));
          boolean[] reached = part.ask(next);
          for (int k = 0; k < active.length; k++) {
            done[active[k]] = reached[k];
          }
          own.step(next, slope.l2PerImage().reshape(-1));
        }
        active = left(problem, done, active, walk);
      }
      return scope.keep(result.value());
    }
  }

  private int[] left(BlackBoxProblem problem, boolean[] done, int[] active, PixelOptimizer walk) {
    int[] rest = AntitheticGradient.affordable(problem, done, pairs);
    if (rest.length < active.length && rest.length > 0) {
      int[] places = Arrays.stream(rest).map(image -> Arrays.binarySearch(active, image)).toArray();
      for (Carried carried : walk.state()) {
        carried.keepRows(places);
      }
    }
    return rest;
  }

  /** A walk in steps of one length along the steepest direction of a norm. */
  static PixelOptimizer steepest(Tensor start, Norm norm, double length) {
    Carried x = new Carried(start);
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
      public Carried[] state() {
        return new Carried[] {x};
      }
    };
  }
}
