package io.adversight.attack.gradient;

import io.adversight.attack.iteration.ActiveImages;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.BoxProjection;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.function.Function;

/**
 * APGD from a random start, in one ball or in three that shrink. In L1 the start is a normal draw
 * projected onto the ball, hence sparse, and every ball goes on with the sparsity of the one
 * before, as in the authors' program.
 */
record ApgdRun(int steps, double rho, boolean shrinking) {
  /** With fewer steps than this none would be left for the ball itself. */
  private static final int FEW = 5;

  /**
   * The images of highest loss, or others that reach the goal.
   *
   * @param objectives what is increased, for a part of the images
   */
  Tensor perturb(
      Problem problem, Ball ball, Function<ActiveImages, Objective> objectives, Run run) {
    ActiveImages all = ActiveImages.all(problem, run);
    ApgdOptimization last = new ApgdOptimization(all, ball, objectives, rho, problem.stopsEarly());
    Tensor center = problem.pixels();
    if (ball.norm() != Norm.L1) {
      return last.from(inside(problem, ball, ball.random(center, run, 0)), steps).found();
    }
    Tensor random = center.add(run.normal(center, 0)); // brought into the ball below
    if (!shrinking || steps < FEW) {
      return last.from(inside(problem, ball, random), steps).found();
    }
    // Croce and Hein 2021, section 2.4: 3 epsilon, 2 epsilon, epsilon in 30, 30 and 40 % of steps.
    int part = (int) Math.ceil(0.3 * steps);
    Ball large = new Ball(Norm.L1, 3 * ball.epsilon());
    Ball middle = new Ball(Norm.L1, 2 * ball.epsilon());
    Tensor x = inside(problem, large, random);
    x = new ApgdOptimization(all, large, objectives, rho, false).onFrom(x, part).best();
    x = inside(problem, middle, x);
    x = new ApgdOptimization(all, middle, objectives, rho, false).onFrom(x, part).best();
    x = inside(problem, ball, x);
    return last.onFrom(x, steps - 2 * part).found();
  }

  private static Tensor inside(Problem problem, Ball ball, Tensor x) {
    Tensor center = problem.pixels();
    return problem.clip(
        ball.norm() == Norm.L1
            ? BoxProjection.ontoL1Ball(x, center, problem.bounds(), ball.epsilon())
            : ball.project(x, center));
  }
}
