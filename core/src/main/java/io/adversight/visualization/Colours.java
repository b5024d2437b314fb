package io.adversight.visualization;

import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Colours whose three numbers are independent of one another in photos: the square root of the
 * covariance of red, green and blue, scaled to a largest column of length 1, measured on every
 * fifth pixel of 300 photos of ImageNet.
 */
final class Colours {
  private static final float[] ROOT = {
    0.5643f, 0.2038f, 0.0626f, 0.5766f, 0.0072f, -0.1217f, 0.5909f, -0.2016f, 0.0590f
  };
  private static final Kernels.Window WINDOW =
      new Kernels.Window(List.of(1L, 1L), List.of(0L, 0L), List.of(1L, 1L));

  private Colours() {}

  /** Red, green and blue from three independent numbers; other images stay as they are. */
  static Tensor correlated(Tensor x) {
    return x.size(1) == 3
        ? Kernels.conv(x, Tensor.of(ROOT, 3, 3, 1, 1).like(x), null, WINDOW, 1)
        : x.alias();
  }
}
