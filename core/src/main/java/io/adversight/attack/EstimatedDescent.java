package io.adversight.attack;

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
    int pairs, double distance, HiddenProblem.Score score, Antithetic.Directions directions) {

  /** Starts to walk from the images given. */
  @FunctionalInterface
  interface Start {
    Walk from(Tensor images);
  }

  /** The images where the walks ended. */
  Tensor run(HiddenProblem problem, Ball ball, Run run, Start start) {
    try (Scope scope = Scope.open()) {
      Carried result = new Carried(problem.pixels());
      boolean[] done = problem.ask(problem.pixels());
      int[] active = Antithetic.affordable(problem, done, pairs);
      Walk walk = start.from(problem.pixels().rows(active));
      for (int i = 0; active.length > 0; i++) {
        try (Scope step = Scope.open()) {
          HiddenProblem part = problem.select(active);
          Run own = run.select(active);
          Tensor slope =
              Antithetic.gradient(
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

  private int[] left(HiddenProblem problem, boolean[] done, int[] active, Walk walk) {
    int[] rest = Antithetic.affordable(problem, done, pairs);
    if (rest.length < active.length && rest.length > 0) {
      int[] places = Arrays.stream(rest).map(image -> Arrays.binarySearch(active, image)).toArray();
      for (Carried carried : walk.state()) {
        carried.keepRows(places);
      }
    }
    return rest;
  }

  /** A walk in steps of one length along the steepest direction of a norm. */
  static Walk steepest(Tensor start, Norm norm, double length) {
    Carried x = new Carried(start);
    return new Walk() {
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
