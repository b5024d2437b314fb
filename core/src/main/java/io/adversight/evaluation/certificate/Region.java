package io.adversight.evaluation.certificate;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.input.InputException;
import io.adversight.tensor.Tensor;

/**
 * The images of a ball whose pixels stay in [0, 1].
 *
 * @param center (1, C, H, W), double
 * @param ball around it, in LINF, L2 or L1
 */
record Region(Tensor center, Ball ball) {
  Region {
    if (ball.norm() == Norm.L0) {
      throw new InputException("certificates exist for linf, l2 and l1, but the norm was l0");
    }
  }

  /** The smallest box around the region. */
  Interval box() {
    return new Interval(
        center.sub(ball.epsilon()).clamp(0, 1), center.add(ball.epsilon()).clamp(0, 1));
  }

  /**
   * What an affine function of the pixels with these coefficients, (S, C, H, W), is at least, shape
   * (S): its minimum over the ball, |a|_q away from the center by Hölder's inequality, or over the
   * box, whichever is larger.
   */
  Tensor least(Tensor coefficients) {
    Tensor overBox = box().least(coefficients);
    if (ball.norm() == Norm.LINF) {
      return overBox;
    }
    Tensor lengths = ball.norm().dual().of(coefficients).reshape(-1);
    return Rows.sums(coefficients.mul(center)).sub(lengths.mul(ball.epsilon())).maximum(overBox);
  }
}
