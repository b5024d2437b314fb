package io.adversight.attribution.gradient;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Each pixel times its gradient: x dS/dx (Shrikumar et al. 2017, section 2).
 *
 * @param reduction how the channels become one map
 */
@Doc("Input x gradient")
@Paper("shrikumar2017")
public record InputXGradient(@Doc("how channels become one map") ChannelReduction reduction)
    implements Attribution {
  /** The usual setting: the signed sum over the channels. */
  public InputXGradient() {
    this(ChannelReduction.SUM);
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    return trace.pixels().mul(trace.gradient(Trace.PIXELS, objective));
  }

  @Override
  public List<String> gradientsAt(Classifier classifier) {
    return List.of(Trace.PIXELS);
  }

  @Override
  public boolean containsInput() {
    return true;
  }
}
