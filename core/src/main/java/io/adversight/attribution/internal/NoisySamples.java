package io.adversight.attribution.internal;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Variants;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A base method's results for noisy copies of the images, their mean and their mean square.
 *
 * @param base the method
 * @param samples how many copies
 */
public record NoisySamples(Attribution base, int samples) {
  /** The mean and the mean square over the copies, each in the shape of the base's result. */
  public record Moments(Tensor mean, Tensor meanSquare) {}

  /**
   * Gaussian noise of each image's own stream.
   *
   * @param sigma as a fraction of the image's range, max - min (Smilkov et al. 2017, section 3.2)
   */
  public static IntFunction<Tensor> gaussian(Tensor pixels, double sigma, Run run) {
    Tensor scale = pixels.maxPerImage().sub(pixels.minPerImage()).mul(sigma);
    return k -> run.split(k).normal(pixels, 0).mul(scale);
  }

  /** The moments for given noises, which are added to the images; nothing is clipped. */
  public Moments moments(Trace trace, Objective objective, Run run, IntFunction<Tensor> noises) {
    Tensor pixels = trace.pixels();
    try (Scope scope = Scope.open()) {
      Tensor sums =
          Variants.of(trace, objective, run)
              .sum(
                  samples,
                  k -> pixels.add(noises.apply(k)),
                  base.gradientsAt(trace.classifier()),
                  (first, count, noisy, selected, silent) -> {
                    Tensor found =
                        Variants.byVariant(base.attribute(noisy, selected, silent), count)
                            .asDouble();
                    return Tensor.concat(List.of(found.sum(0), found.square().sum(0)), 0);
                  });
      Tensor means = sums.div(samples);
      return new Moments(scope.keep(means.select(0, 0)), scope.keep(means.select(0, 1)));
    }
  }
}
