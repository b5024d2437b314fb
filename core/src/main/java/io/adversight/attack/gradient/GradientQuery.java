package io.adversight.attack.gradient;

import io.adversight.attack.problem.Ball;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the gradient of a loss is asked for, within one step of an attack.
 *
 * @param images at which it is taken, (N, C, H, W), values in [0, 1] or a little outside
 * @param views what the images go through before the network sees them, first to last; the gradient
 *     is with respect to the images all the same
 * @param run random numbers of this query alone
 * @param ball around the original images
 * @param length of the step that will be made, in units of the ball's norm
 */
public record GradientQuery(
    Tensor images, List<UnaryOperator<Tensor>> views, Run run, Ball ball, double length) {
  public GradientQuery {
    views = List.copyOf(views);
  }

  /** The same query at other images. */
  public GradientQuery at(Tensor others) {
    return new GradientQuery(others, views, run, ball, length);
  }

  /** The same query, with the images seen through one view more, after those there are. */
  public GradientQuery through(UnaryOperator<Tensor> view) {
    List<UnaryOperator<Tensor>> more = Stream.concat(views.stream(), Stream.of(view)).toList();
    return new GradientQuery(images, more, run, ball, length);
  }

  /** What the network sees of images that are these or stand for them. */
  Tensor seen(Tensor others) {
    Tensor seen = others;
    for (UnaryOperator<Tensor> view : views) {
      seen = view.apply(seen);
    }
    return seen;
  }

  /** The same query with random numbers independent of this one's and of other indices. */
  public GradientQuery split(long index) {
    return new GradientQuery(images, views, run.split(index), ball, length);
  }
}
