package io.adversight.attack.minimal;

import io.adversight.attack.problem.Bounds;
import io.adversight.input.InputException;
import io.adversight.tensor.Tensor;

/** Images written as tanh of an unbounded variable, so that they cannot leave their bounds. */
final class TanhBox {
  private static final double SHRINK = 0.999999;
  private static final double WIDEST = 1e30;

  private final double middle;
  private final double half;

  /**
   * The box of the given bounds.
   *
   * @throws IllegalArgumentException if they are not finite in practice
   */
  TanhBox(Bounds bounds) {
    if (bounds.high() > WIDEST || bounds.low() < -WIDEST) {
      throw new InputException(
          "this attack writes pixels as a tanh and needs bounds, but they are free");
    }
    middle = (bounds.low() + bounds.high()) / 2;
    half = (bounds.high() - bounds.low()) / 2;
  }

  /** The image of a variable. */
  Tensor image(Tensor variable) {
    return variable.tanh().mul(half).add(middle);
  }

  /** The variable of an image, kept a little inside the box where it would be infinite. */
  Tensor variable(Tensor image) {
    return image.sub(middle).div(half).mul(SHRINK).clamp(-SHRINK, SHRINK).atanh();
  }

  /** The derivative of the image by the variable. */
  Tensor gradient(Tensor variable) {
    return variable.tanh().square().neg().add(1).mul(half);
  }
}
