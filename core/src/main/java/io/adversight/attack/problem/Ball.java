package io.adversight.attack.problem;

import io.adversight.input.InputException;
import io.adversight.run.Run;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Tensor;

/**
 * All images whose perturbation is small.
 *
 * @param norm how the perturbation is measured
 * @param epsilon its largest size, in units of pixels in [0, 1]
 */
public record Ball(Norm norm, double epsilon) {
  public Ball {
    if (!(epsilon >= 0) || Double.isInfinite(epsilon)) {
      throw new InputException("epsilon must be at least 0 and finite, but was " + epsilon);
    }
  }

  /** The image of the ball around {@code center} nearest to {@code image}. */
  public Tensor project(Tensor image, Tensor center) {
    return center.add(norm.project(image.sub(center), epsilon));
  }

  /**
   * A random image of the ball around {@code center}, uniformly distributed in it; {@code use}
   * tells draws apart.
   */
  public Tensor random(Tensor center, Run run, long use) {
    Run source = run.split(use);
    Tensor uniform = source.uniform(center, 0, 0, 1);
    Tensor share = source.uniform(PerImage.of(i -> 0, center), 2, 0, 1);
    return center.add(norm.point(uniform, source.normal(center, 1), share, epsilon));
  }
}
