package io.adversight.visualization.parameterization;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * The pixels themselves, from a constant image (Simonyan et al. 2014, section 2), with noise if
 * wished.
 *
 * @param level the constant image
 * @param noise standard deviation of normal noise on it
 * @param bounded whether pixels stay in [0, 1] on the way
 */
@Doc("Pixels")
@Paper("simonyan2014")
public record Pixels(
    @Doc("initial image") ConstantImage level,
    @Doc("standard deviation of the noise on the initial image") double noise,
    @Doc("clip to [0, 1] at every step") boolean bounded)
    implements Parameterization {
  /** From the network's zero image, without noise or bounds. */
  public Pixels() {
    this(ConstantImage.NETWORK_ZERO, 0, false);
  }

  public Pixels {
    Check.atLeast(0.0, noise, "noise");
  }

  @Override
  public Tensor start(ImageBatch batch, Run run) {
    Tensor like =
        Tensor.zeros(batch.count(), batch.channels(), batch.height(), batch.width())
            .to(batch.classifier().device());
    Tensor first = like.add(level.tensor(batch.classifier()));
    return noise == 0 ? first : first.add(run.normal(like, 0).mul(noise)).clamp(low(), high());
  }

  @Override
  public UnaryOperator<Tensor> images(ImageBatch batch) {
    return pixels -> pixels;
  }

  @Override
  public double low() {
    return bounded ? 0 : Double.NEGATIVE_INFINITY;
  }

  @Override
  public double high() {
    return bounded ? 1 : Double.POSITIVE_INFINITY;
  }

  @Override
  public boolean isPixels() {
    return true;
  }
}
