package io.adversight.visualization.parameterization;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.LinearAlgebra;
import io.adversight.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * The image's spectrum, each frequency scaled by 1 / frequency as photos are, so that all of them
 * move alike; then independent colours, then the logistic function to [0, 1] (Olah et al. 2017,
 * "Preconditioning and Parameterization").
 *
 * @param noise standard deviation of the first spectrum
 * @param decay power of the frequency by which it is divided
 * @param decorrelated whether the three numbers of a pixel are independent in photos
 */
@Doc("Fourier spectrum with decorrelated colours")
@Paper("olah2017")
public record Fourier(
    @Doc("standard deviation of the first spectrum") double noise,
    @Doc("power of the frequency by which it is divided") double decay,
    @Doc("decorrelated colours") boolean decorrelated)
    implements Parameterization {
  private static final double CONTRAST = 0.25; // of one wave of the lowest frequency

  /** Noise of 0.01, decay 1, independent colours. */
  public Fourier() {
    this(0.01, 1, true);
  }

  public Fourier {
    Check.atLeast(0.0, noise, "noise");
    Check.within(0.0, 3.0, decay, "decay");
  }

  @Override
  public Tensor start(ImageBatch batch, Run run) {
    Tensor like =
        Tensor.zeros(batch.count(), batch.channels(), batch.height(), batch.width() / 2 + 1, 2)
            .to(batch.classifier().device());
    return run.normal(like, 0).mul(noise);
  }

  @Override
  public UnaryOperator<Tensor> images(ImageBatch batch) {
    int height = batch.height();
    int width = batch.width();
    Tensor scale = scale(height, width).to(batch.classifier().device());
    return spectrum -> {
      Tensor plain = LinearAlgebra.inverseRealFourier(spectrum.mul(scale), height, width);
      Tensor coloured = decorrelated ? DecorrelatedColors.correlated(plain) : plain;
      return coloured.sigmoid();
    };
  }

  /** Per frequency, (H, W / 2 + 1, 2): its share, as in photos, for both of its numbers. */
  private Tensor scale(int height, int width) {
    int columns = width / 2 + 1;
    double lowest = 1.0 / Math.max(height, width);
    double size = CONTRAST * Math.sqrt((double) height * width);
    Tensor down = Tensor.of(squares(height, height, 1), height, 1);
    Tensor across = Tensor.of(squares(width, columns, 2), 1, 2L * columns);
    Tensor ratios = down.add(across).div(lowest * lowest).clamp(1, Double.POSITIVE_INFINITY);
    return ratios.pow(-decay / 2).mul(size).reshape(height, columns, 2);
  }

  /** The squares of the first {@code count} of {@code samples} frequencies, each some times. */
  private static float[] squares(int samples, int count, int times) {
    float[] squares = new float[count * times];
    for (int i = 0; i < squares.length; i++) {
      double frequency = (double) Math.min(i / times, samples - i / times) / samples;
      squares[i] = (float) (frequency * frequency);
    }
    return squares;
  }
}
