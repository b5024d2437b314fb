package io.adversight.attack.blackbox;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * Windows with a bump and a dent, whose size is taken from a second window, in the L2 ball
 * (Andriushchenko et al. 2020, algorithm 3); in the L1 ball the same with that norm.
 */
record SquareBumps(Problem problem, Ball ball) implements SquareWindows {
  private static final double TINY = 1e-12;

  /** A grid of bumps with random signs, scaled to the ball. */
  @Override
  public Tensor start(Run run) {
    Tensor center = problem.pixels();
    int height = (int) center.size(2);
    int width = (int) center.size(3);
    long channels = center.size(1);
    int s = Math.max(1, Math.min(height, width) / 5);
    double[] grid = new double[height * width];
    double[] cells = new double[height * width];
    double[][] bump = bump(s);
    int across = width / s;
    for (int r = 0; r + s <= height; r += s) {
      for (int c = 0; c + s <= width; c += s) {
        int cell = (r / s) * across + c / s;
        for (int i = 0; i < s; i++) {
          for (int j = 0; j < s; j++) {
            int at = (r + i) * width + c + j;
            grid[at] = bump[i][j];
            cells[at] = cell;
          }
        }
      }
    }
    int count = (height / s) * across;
    Tensor dice = SquareWindows.dice(problem, run, 0, (int) channels * count);
    Tensor signs = SquareWindows.signs(dice, 0, channels * count);
    Tensor each = signs.reshape(problem.size(), channels, count);
    Tensor index =
        Tensor.of(cells, 1, 1, (long) height * width)
            .asLong()
            .expand(problem.size(), channels, (long) height * width)
            .to(center.device());
    Tensor pattern = Tensor.of(grid, 1, 1, height, width).like(center);
    Tensor all = each.gather(2, index).reshape(center.shape().toArray()).mul(pattern);
    return problem.clip(center.add(ball.norm().steepest(all).mul(ball.epsilon())));
  }

  @Override
  public Tensor change(Tensor x, double side, Run run, int query) {
    long channels = x.size(1);
    int smaller = (int) Math.min(x.size(2), x.size(3));
    int s = odd((int) Math.max(3, Math.rint(side)), smaller);
    Tensor dice = SquareWindows.dice(problem, run, query, (int) channels + 5);
    Tensor top = SquareWindows.corner(dice, 0, x.size(2) - s + 1);
    Tensor left = SquareWindows.corner(dice, 1, x.size(3) - s + 1);
    Tensor here = SquareWindows.inside(x, top, left, s);
    Tensor top2 = SquareWindows.corner(dice, 2, x.size(2) - s + 1);
    Tensor left2 = SquareWindows.corner(dice, 3, x.size(3) - s + 1);
    Tensor both = here.maximum(SquareWindows.inside(x, top2, left2, s));
    Tensor flip = dice.narrow(1, 4, 1).ge(0.5).reshape(problem.size(), 1, 1, 1);
    Tensor straight = SquareWindows.shifted(pattern(x, s, false), x, top, left);
    Tensor turned = SquareWindows.shifted(pattern(x, s, true), x, top, left);
    Tensor bump = flip.choose(turned, straight).mul(SquareWindows.signs(dice, 5, channels));

    double power = ball.norm() == Norm.L2 ? 2 : 1;
    Tensor change = x.sub(problem.pixels());
    Tensor old = change.mul(here);
    Tensor mixed = unit(bump, power).add(unit(old, power)); // algorithm 3, line 8
    double whole = Math.pow(ball.epsilon(), power);
    Tensor unused = change.abs().pow(power).sumPerImage().neg().add(whole).clamp(0, whole);
    Tensor taken = size(change.mul(both), power);
    Tensor available = taken.add(unused.div((double) channels)).pow(1 / power); // line 7
    Tensor next = change.mul(both.neg().add(1)).add(unit(mixed, power).mul(available));
    return problem.clip(problem.pixels().add(next));
  }

  /** The sum of powers in each channel, (N, C, 1, 1). */
  private static Tensor size(Tensor change, double power) {
    return change.abs().pow(power).sum(2, 3);
  }

  private static Tensor unit(Tensor change, double power) {
    return change.div(size(change, power).pow(1 / power).add(TINY));
  }

  private static int odd(int side, int largest) {
    int odd = side % 2 == 0 ? side + 1 : side;
    return odd <= largest ? odd : largest;
  }

  /** A bump and a dent in the top left corner of an empty image, (1, 1, H, W). */
  private static Tensor pattern(Tensor images, int side, boolean turned) {
    int height = (int) images.size(2);
    int width = (int) images.size(3);
    double[][] bump = bump(side);
    double[] values = new double[height * width];
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        values[i * width + j] = turned ? bump[j][i] : bump[i][j];
      }
    }
    return Tensor.of(values, 1, 1, height, width).like(images);
  }

  /** Upper half a bump, lower half its negative (section 3.4, definition of eta). */
  static double[][] bump(int side) {
    double[][] both = new double[side][side];
    int half = side / 2;
    fill(both, 0, half, side, 1);
    fill(both, half, side - half, side, -1);
    return both;
  }

  /** A pyramid: at Chebyshev distance d from the middle the sum of 1 / k^2 for k above d. */
  private static void fill(double[][] into, int from, int height, int width, double sign) {
    int largest = Math.max(height / 2 + 1, width / 2 + 1);
    double square = 0;
    for (int pass = 0; pass < 2; pass++) {
      double length = pass == 0 ? 1 : Math.sqrt(square);
      for (int i = 0; i < height; i++) {
        for (int j = 0; j < width; j++) {
          int distance = Math.max(Math.abs(i - height / 2), Math.abs(j - width / 2));
          double value = 0;
          for (int k = distance; k < largest; k++) {
            value += 1.0 / ((k + 1) * (k + 1));
          }
          square += pass == 0 ? value * value : 0;
          into[from + i][j] = sign * value / length;
        }
      }
    }
  }
}
