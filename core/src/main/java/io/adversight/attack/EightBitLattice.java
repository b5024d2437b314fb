package io.adversight.attack;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Optional;

/**
 * The images that 8 bits a value can hold, and the search for an adversarial one among them: first
 * by rounding, then by steps of one grey level along the gradient.
 */
record EightBitLattice(Problem problem, Optional<Ball> ball) {
  private static final double LEVELS = 255;
  private static final int STEPS = 20;

  /** Room for the rounding error of a float, in grey levels. */
  private static final double ROOM = 3e-5;

  /** Share of the values that move at once where the ball is not a cube. */
  private static final double MOVING = 0.02;

  /** The image that a PNG would hold: each value times 255, rounded half to even. */
  static Tensor rounded(Tensor images) {
    return images.asDouble().mul(LEVELS).round().div(LEVELS).like(images);
  }

  /**
   * The adversarial lattice image nearest to {@code images} that is found; else the rounded one.
   */
  Tensor nearest(Tensor images, Run run) {
    Tensor start = start(images);
    Tensor result = start;
    Tensor x = start;
    boolean[] found = new boolean[problem.size()];
    Objective objective = problem.objective(Loss.CROSS_ENTROPY);
    for (int step = 0; step <= STEPS; step++) {
      try (Scope scope = Scope.open()) {
        GradientEvaluation evaluation = problem.gradient(x, objective, run);
        boolean[] now = problem.reachedBeyondRounding(evaluation.logits());
        boolean[] fresh = new boolean[now.length];
        boolean all = true;
        for (int i = 0; i < now.length; i++) {
          fresh[i] = now[i] && !found[i];
          found[i] |= now[i];
          all &= found[i];
        }
        Tensor kept = scope.keep(PerImage.where(fresh, x).choose(x, result));
        if (result != start) {
          result.close();
        }
        result = kept;
        if (all) {
          break;
        }
        Tensor next = scope.keep(move(x, evaluation.gradient()));
        if (x != start) {
          x.close();
        }
        x = next;
      }
    }
    return result;
  }

  /** The nearest lattice image, or the next one towards the original if that leaves the ball. */
  private Tensor start(Tensor images) {
    Tensor near = inCube(rounded(images));
    if (ball.isEmpty()) {
      return near;
    }
    Tensor levels = images.asDouble().mul(LEVELS);
    Tensor towards =
        images
            .gt(problem.pixels())
            .choose(levels.add(ROOM).floor(), levels.sub(ROOM).neg().floor().neg())
            .div(LEVELS)
            .like(images);
    return isInside(near).choose(near, inCube(towards));
  }

  private Tensor move(Tensor x, Tensor gradient) {
    boolean cube = ball.isPresent() && ball.get().norm() == Norm.LINF;
    Tensor step = Norm.LINF.steepest(gradient);
    if (!cube) {
      Tensor flat = gradient.abs().reshape(gradient.size(0), -1);
      long count = Math.max(1, (long) (MOVING * flat.size(1)));
      Tensor smallest = flat.top(count, 1).values().narrow(1, count - 1, 1);
      step = step.mul(gradient.abs().ge(PerImage.column(smallest, gradient)).asFloat().like(x));
    }
    Tensor next = inCube(rounded(problem.clip(x.add(step.div(LEVELS)))));
    return cube || ball.isEmpty() ? next : isInside(next).choose(next, x);
  }

  /** Levels between the outermost ones inside a cube; without a cube as they are. */
  private Tensor inCube(Tensor x) {
    if (ball.isEmpty() || ball.get().norm() != Norm.LINF) {
      return x;
    }
    Tensor center = problem.pixels().asDouble().mul(LEVELS);
    double radius = LEVELS * ball.get().epsilon() + ROOM;
    Tensor low = center.sub(radius).neg().floor().neg();
    Tensor high = center.add(radius).floor();
    Tensor levels = x.asDouble().mul(LEVELS).round();
    return low.le(high).choose(levels.clamp(low, high), levels).div(LEVELS).like(x);
  }

  private Tensor isInside(Tensor x) {
    Ball around = ball.orElseThrow();
    double radius = around.epsilon() * (1 + 1e-6) + ROOM / LEVELS;
    return around.norm().of(x.sub(problem.pixels())).le(radius);
  }
}
