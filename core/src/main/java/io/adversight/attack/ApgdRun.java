package io.adversight.attack;

import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.function.Function;

/** APGD from a random start, in one ball or in three that shrink. */
record ApgdRun(int steps, double rho, boolean shrinking) {
  /**
   * The images of highest loss, or others that reach the goal.
   *
   * @param objectives what is increased, for a part of the images
   */
  Tensor perturb(Problem problem, Ball ball, Function<Standing, Objective> objectives, Run run) {
    Standing all = Standing.all(problem, run);
    ApgdClimb last = new ApgdClimb(all, ball, objectives, rho, problem.leavesEarly());
    Tensor center = problem.pixels();
    if (ball.norm() != Norm.L1 || !shrinking || steps < 4) {
      Tensor start = inside(problem, ball, ball.random(center, run, 0));
      return last.from(start, steps).found();
    }
    // Croce and Hein 2021, section 2.4: 3 epsilon, 2 epsilon, epsilon in 30, 30 and 40 % of steps.
    int part = (int) (0.3 * steps);
    Ball large = new Ball(Norm.L1, 3 * ball.epsilon());
    Ball middle = new Ball(Norm.L1, 2 * ball.epsilon());
    Tensor x = inside(problem, large, large.random(center, run, 0));
    x = new ApgdClimb(all, large, objectives, rho, false).from(x, part).best();
    x = inside(problem, middle, x);
    x = new ApgdClimb(all, middle, objectives, rho, false).from(x, part).best();
    x = inside(problem, ball, x);
    return last.from(x, steps - 2 * part).found();
  }

  private static Tensor inside(Problem problem, Ball ball, Tensor x) {
    Tensor center = problem.pixels();
    return problem.clip(
        ball.norm() == Norm.L1
            ? BoxProjection.ontoL1Ball(x, center, problem.bounds(), ball.epsilon())
            : ball.project(x, center));
  }
}
