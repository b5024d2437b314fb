package io.adversight.attack.blackbox;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/** The random changes of {@link Square}: a start, and a window. */
interface SquareWindows {
  /** Images to start from. */
  Tensor start(Run run);

  /** Images {@code x} with one window of about the given side changed. */
  Tensor change(Tensor x, double side, Run run, int query);

  static SquareWindows of(Problem problem, Ball ball) {
    return ball.norm() == Norm.LINF
        ? new SquareStripes(problem, ball)
        : new SquareBumps(problem, ball);
  }

  /** One random number per image for each place of a row of {@code count}, (N, count). */
  static Tensor dice(Problem problem, Run run, long use, int count) {
    Tensor like = Tensor.zeros(problem.size(), count).like(problem.pixels());
    return run.uniform(like, use, 0, 1);
  }

  /** -1 or 1 for each channel, (N, C, 1, 1), from columns of dice. */
  static Tensor signs(Tensor dice, int from, long channels) {
    Tensor some = dice.narrow(1, from, channels).reshape(dice.size(0), channels, 1, 1);
    return some.ge(0.5).asFloat().like(dice).mul(2).sub(1);
  }

  /** The first row (or column) of a window of a given side, (N, 1, 1, 1). */
  static Tensor corner(Tensor dice, int column, long room) {
    return dice.narrow(1, column, 1).mul((double) room).floor().reshape(dice.size(0), 1, 1, 1);
  }

  /** 1 inside the window and 0 outside, (N, 1, H, W). */
  static Tensor inside(Tensor images, Tensor top, Tensor left, int side) {
    Tensor rows = numbers(images, 2);
    Tensor columns = numbers(images, 3);
    return rows.ge(top)
        .and(rows.lt(top.add(side)))
        .and(columns.ge(left))
        .and(columns.lt(left.add(side)))
        .asFloat()
        .like(images);
  }

  /** 0, 1, 2, ... along a dimension of images. */
  static Tensor numbers(Tensor images, int dim) {
    long[] shape = {1, 1, 1, 1};
    shape[dim] = images.size(dim);
    double[] values = new double[(int) images.size(dim)];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return Tensor.of(values, shape).like(images);
  }

  /** Another order of the window's content: shifts (1, 1, H, W) to (N, 1, H, W), wrapping. */
  static Tensor shifted(Tensor pattern, Tensor images, Tensor top, Tensor left) {
    long height = images.size(2);
    long width = images.size(3);
    Tensor rows = wrapped(numbers(images, 2).sub(top), height);
    Tensor columns = wrapped(numbers(images, 3).sub(left), width);
    long n = images.size(0);
    Tensor index = rows.mul((double) width).add(columns).reshape(n, height * width).asLong();
    Tensor flat = pattern.reshape(1, height * width).expand(n, height * width);
    return flat.gather(1, index).reshape(n, 1, height, width);
  }

  private static Tensor wrapped(Tensor offsets, long size) {
    return offsets.lt(0).choose(offsets.add((double) size), offsets);
  }
}
