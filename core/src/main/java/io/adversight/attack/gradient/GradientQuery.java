package io.adversight.attack.gradient;

import io.adversight.attack.problem.Ball;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The arguments of one gradient evaluation within a step of an attack.
 *
 * @param images at which it is taken, (N, C, H, W), values in [0, 1] or a little outside
 * @param views transformations of the images before the network, first to last; the gradient is
 *     with respect to the untransformed images
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

  /** The same query with one more view, after the others. */
  public GradientQuery through(UnaryOperator<Tensor> view) {
    List<UnaryOperator<Tensor>> more = Stream.concat(views.stream(), Stream.of(view)).toList();
    return new GradientQuery(images, more, run, ball, length);
  }

  /** The input of the network: images of this query, or substitutes for them, through all views. */
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
