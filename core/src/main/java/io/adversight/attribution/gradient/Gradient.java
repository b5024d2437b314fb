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
 * The gradient of the objective with respect to the pixels: w = dS/dI (Simonyan et al. 2014,
 * section 3).
 *
 * @param reduction how the channels become one map
 */
@Doc("Vanilla gradient")
@Paper("simonyan2014")
public record Gradient(@Doc("how channels become one map") ChannelReduction reduction)
    implements Attribution {
  /** The paper's setting: the largest absolute value over the channels. */
  public Gradient() {
    this(ChannelReduction.MAX_ABSOLUTE);
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    return trace.gradient(Trace.PIXELS, objective);
  }

  @Override
  public List<String> gradientsAt(Classifier classifier) {
    return List.of(Trace.PIXELS);
  }
}
