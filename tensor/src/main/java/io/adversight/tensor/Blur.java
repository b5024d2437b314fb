package io.adversight.tensor;

import java.util.List;

/** Gaussian blur of images; the border is repeated outwards. */
public final class Blur {
  private Blur() {}

  /**
   * Images (N, C, H, W) blurred by a standard deviation each, in pixels; 0 leaves an image as it
   * is.
   *
   * @param deviations (N, 1, 1, 1)
   */
  public static Tensor gaussian(Tensor images, Tensor deviations) {
    int radius = (int) Math.max(1, Math.ceil(3 * deviations.maxPerImage().max(0).item()));
    double[] offsets = new double[2 * radius + 1];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = i - radius;
    }
    Tensor x = Tensor.of(offsets, 1, offsets.length).like(images);
    Tensor sigma = deviations.like(images).reshape(images.size(0), 1).clamp(1e-3, 1e6);
    Tensor weights = x.div(sigma).square().mul(-0.5).exp();
    Tensor kernel = weights.div(weights.sum(1));
    Tensor rows = along(images, kernel, 2, radius);
    return along(rows, kernel, 3, radius);
  }

  /** All images blurred by the same standard deviation. */
  public static Tensor gaussian(Tensor images, double deviation) {
    return gaussian(images, Tensor.full(deviation, images.size(0), 1, 1, 1));
  }

  /** Each image convolved with its own kernel along rows (2) or columns (3). */
  private static Tensor along(Tensor images, Tensor kernel, int dim, int radius) {
    long n = images.size(0);
    long channels = images.size(1);
    long size = 2L * radius + 1;
    long r = radius;
    List<Long> pads = dim == 2 ? List.of(0L, 0L, r, r) : List.of(r, r, 0L, 0L);
    Tensor padded = Kernels.pad(images, pads, "replicate", 0);
    Tensor together = padded.reshape(1, n * channels, padded.size(2), padded.size(3));
    Tensor weights =
        kernel
            .reshape(n, 1, size)
            .expand(n, channels, size)
            .reshape(n * channels, 1, dim == 2 ? size : 1, dim == 2 ? 1 : size);
    Kernels.Window window = Kernels.Window.of(1, 0, 1);
    return Kernels.conv(together, weights, null, window, n * channels)
        .reshape(images.shape().toArray());
  }
}
