package io.adversight.attribution.gradient;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.internal.NoisySamples;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.function.IntFunction;

/**
 * SmoothGrad-squared: the mean of the squares of a base method over noisy copies of the image
 * (Hooker et al. 2019, section 3.1).
 *
 * @param base the method that is repeated
 * @param samples noisy copies
 * @param sigma of the Gaussian noise, as a fraction of each image's range max - min
 */
@Doc("SmoothGrad-squared")
@Paper("hooker2019")
public record SmoothGradSquared(
    @Doc("method that is repeated") Attribution base,
    @Doc("noisy copies") int samples,
    @Doc("noise as a fraction of the image's range") double sigma)
    implements Attribution {
  /** The setting of SmoothGrad. */
  public SmoothGradSquared() {
    this(new Gradient(), 50, 0.15);
  }

  public SmoothGradSquared {
    Check.within(1, 100_000, samples, "samples");
    Check.within(0.0, 10.0, sigma, "sigma");
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    return of(trace, objective, run, NoisySamples.gaussian(trace.pixels(), sigma, run));
  }

  /** With given noises in place of random ones. */
  Tensor of(Trace trace, Objective objective, Run run, IntFunction<Tensor> noises) {
    NoisySamples.Moments moments =
        new NoisySamples(base, samples).moments(trace, objective, run, noises);
    return moments.meanSquare().like(trace.pixels());
  }

  /** As the base method reduces. */
  @Override
  public ChannelReduction reduction() {
    return base.reduction();
  }
}
