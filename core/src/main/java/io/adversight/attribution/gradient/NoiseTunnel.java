package io.adversight.attribution.gradient;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.internal.NoisySamples;
import io.adversight.describe.Check;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.function.IntFunction;

/** Methods that repeat a base method on noisy copies of the image and keep one statistic of it. */
interface NoiseTunnel extends Attribution {
  /** The method that is repeated. */
  Attribution base();

  /** How many noisy copies. */
  int samples();

  /** The standard deviation of the noise, as a fraction of each image's range max - min. */
  double sigma();

  /**
   * What is kept of the results for the copies.
   *
   * @param mean over the copies, in the shape of the base's result
   * @param meanSquare the mean of the squares
   */
  Tensor statistic(Tensor mean, Tensor meanSquare);

  /** Checks the parameters. */
  static void check(int samples, double sigma) {
    Check.within(1, 100_000, samples, "samples");
    Check.within(0.0, 10.0, sigma, "sigma");
  }

  @Override
  default Tensor attribute(Trace trace, Objective objective, Run run) {
    return of(trace, objective, run, NoisySamples.gaussian(trace.pixels(), sigma(), run));
  }

  /** With given noises in place of random ones. */
  default Tensor of(Trace trace, Objective objective, Run run, IntFunction<Tensor> noises) {
    NoisySamples copies = new NoisySamples(base(), samples());
    NoisySamples.Moments moments = copies.moments(trace, objective, run, noises);
    return statistic(moments.mean(), moments.meanSquare()).like(trace.pixels());
  }

  /** As the base method reduces. */
  @Override
  default ChannelReduction reduction() {
    return base().reduction();
  }
}
