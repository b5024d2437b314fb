package io.adversight.attribution.gradient;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.graph.BackwardRules;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * Guided backpropagation: the gradient, where every rectifier lets pass only what is positive on
 * the way back and was positive on the way there (Springenberg et al. 2015, figure 1). Rectifiers
 * are ReLU and Clip from 0 (ReLU6, which also blocks where it is saturated); smooth activations
 * such as SiLU and GELU pass the true gradient.
 *
 * @param reduction how the channels become one map
 */
@Doc("Guided backpropagation")
@Paper("springenberg2015")
public record GuidedBackpropagation(@Doc("how channels become one map") ChannelReduction reduction)
    implements Attribution {
  /** The usual setting: the largest absolute value over the channels. */
  public GuidedBackpropagation() {
    this(ChannelReduction.MAX_ABSOLUTE);
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    return trace.gradient(Trace.PIXELS, objective, BackwardRules.GUIDED);
  }
}
