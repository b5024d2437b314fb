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
 * VarGrad: the variance of a base method over noisy copies of the image (Adebayo et al. 2018,
 * "Local explanation methods for deep neural networks lack sensitivity to parameter values",
 * section 3). The population variance.
 *
 * @param base the method that is repeated
 * @param samples noisy copies
 * @param sigma of the Gaussian noise, as a fraction of each image's range max - min
 */
@Doc("VarGrad")
@Paper("adebayo2018local")
public record VarGrad(
    @Doc("method that is repeated") Attribution base,
    @Doc("noisy copies") int samples,
    @Doc("noise as a fraction of the image's range") double sigma)
    implements Attribution {
  /** The setting of SmoothGrad. */
  public VarGrad() {
    this(new Gradient(), 50, 0.15);
  }

  public VarGrad {
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
    return moments.meanSquare().sub(moments.mean().square()).relu().like(trace.pixels());
  }

  /** As the base method reduces. */
  @Override
  public ChannelReduction reduction() {
    return base.reduction();
  }
}
