package io.adversight.attribution;

import io.adversight.run.Run;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import java.util.List;

/** The image that stands for "nothing there", against which pixels are judged. */
public enum Baseline {
  /** Black. */
  ZERO {
    @Override
    public Tensor of(Tensor pixels, Run run) {
      return pixels.fullLike(0);
    }
  },
  /** The mean colour of the image itself. */
  MEAN {
    @Override
    public Tensor of(Tensor pixels, Run run) {
      return pixels.mean(2, 3).expand(pixels.shape().toArray());
    }
  },
  /** The image blurred by a Gaussian whose sigma is a tenth of its shorter side. */
  BLUR {
    @Override
    public Tensor of(Tensor pixels, Run run) {
      double sigma = Math.min(pixels.size(2), pixels.size(3)) / 10.0;
      Tensor columns = blurred(pixels, sigma);
      return blurred(columns.transpose(2, 3), sigma).transpose(2, 3).contiguous();
    }
  },
  /** Uniform noise in [0, 1). */
  NOISE {
    @Override
    public Tensor of(Tensor pixels, Run run) {
      return run.uniform(pixels, DRAW, 0, 1);
    }
  };

  /** Tells these random numbers from others of the same run. */
  private static final long DRAW = 0x6261736bL;

  /** The baseline of each image of a batch (N, C, H, W). */
  public abstract Tensor of(Tensor pixels, Run run);

  /** A Gaussian along the columns of each channel, cut at three sigma, edges repeated. */
  private static Tensor blurred(Tensor pixels, double sigma) {
    int radius = (int) Math.ceil(3 * sigma);
    float[] kernel = new float[2 * radius + 1];
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      sum += Math.exp(-i * i / (2 * sigma * sigma));
    }
    for (int i = -radius; i <= radius; i++) {
      kernel[i + radius] = (float) (Math.exp(-i * i / (2 * sigma * sigma)) / sum);
    }
    long height = pixels.size(2);
    long width = pixels.size(3);
    Tensor rows = pixels.reshape(-1, 1, height, width);
    Tensor padded =
        Kernels.pad(rows, List.of(0L, 0L, (long) radius, (long) radius), "replicate", 0);
    Tensor weight = Tensor.of(kernel, 1, 1, kernel.length, 1).like(pixels);
    return Kernels.conv(padded, weight, null, Kernels.Window.of(1, 0, 1), 1)
        .reshape(pixels.shape().toArray());
  }
}
