package io.adversight.defense;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * Blurs with a Gaussian, borders reflected.
 *
 * @param deviation standard deviation in pixels
 */
@Doc("Gaussian blur")
public record GaussianSmoothing(@Doc("standard deviation in pixels") double deviation)
    implements Defense {
  /** A deviation of one pixel. */
  public GaussianSmoothing() {
    this(1);
  }

  public GaussianSmoothing {
    Check.within(0.1, 20, deviation, "deviation");
  }

  @Override
  public Tensor of(Tensor images, Run run) {
    Tensor down = weights((int) images.size(2)).like(images);
    Tensor across = weights((int) images.size(3)).like(images);
    return down.matmul(images).matmul(across.transpose(0, 1));
  }

  /** What each place takes of every other along one side, (size, size). */
  private Tensor weights(int size) {
    int radius = (int) Math.ceil(4 * deviation);
    double[] density = new double[2 * radius + 1];
    double sum = 0;
    for (int i = 0; i < density.length; i++) {
      double z = (i - radius) / deviation;
      density[i] = Math.exp(-z * z / 2);
      sum += density[i];
    }
    double[] weights = new double[size * size];
    for (int at = 0; at < size; at++) {
      for (int i = -radius; i <= radius; i++) {
        weights[at * size + Borders.reflected(at + i, size)] += density[i + radius] / sum;
      }
    }
    return Tensor.of(weights, size, size);
  }
}
