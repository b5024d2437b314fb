package io.adversight.attack.blackbox;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/** Windows of one colour at the border of the LINF ball (Andriushchenko et al. 2020, alg. 2). */
record SquareStripes(Problem problem, Ball ball) implements SquareWindows {
  /** Vertical stripes of random colours, one pixel wide. */
  @Override
  public Tensor start(Run run) {
    Tensor center = problem.pixels();
    long channels = center.size(1);
    long width = center.size(3);
    Tensor dice = SquareWindows.dice(problem, run, 0, (int) (channels * width));
    Tensor signs = SquareWindows.signs(dice, 0, channels * width);
    Tensor stripes = signs.reshape(problem.size(), channels, 1, width);
    return inside(center.add(stripes.mul(ball.epsilon())));
  }

  @Override
  public Tensor change(Tensor x, double side, Run run, int query) {
    long channels = x.size(1);
    long smaller = Math.min(x.size(2), x.size(3));
    int s = (int) Math.min((double) smaller, Math.max(1, Math.rint(side)));
    Tensor dice = SquareWindows.dice(problem, run, query, (int) channels + 2);
    Tensor top = SquareWindows.corner(dice, 0, x.size(2) - s + 1);
    Tensor left = SquareWindows.corner(dice, 1, x.size(3) - s + 1);
    Tensor window = SquareWindows.inside(x, top, left, s);
    Tensor colour = SquareWindows.signs(dice, 2, channels).mul(2 * ball.epsilon());
    return inside(x.add(window.mul(colour)));
  }

  private Tensor inside(Tensor images) {
    return problem.clip(ball.project(images, problem.pixels()));
  }
}
