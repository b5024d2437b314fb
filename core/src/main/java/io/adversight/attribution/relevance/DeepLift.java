package io.adversight.attribution.relevance;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Baseline;
import io.adversight.attribution.ChannelReduction;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.graph.backward.DeepLiftRules;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * DeepLIFT with the rescale rule: (x - x') times the multipliers of the image x against a baseline
 * x' (Shrikumar et al. 2017, equations 1 to 5). The contributions to a logit sum to S(x) - S(x').
 *
 * @param baseline x'
 * @param reduction how the channels become one map
 * @see DeepLiftRules
 */
@Doc("DeepLIFT")
@Paper("shrikumar2017")
public record DeepLift(
    @Doc("baseline image") Baseline baseline,
    @Doc("how channels become one map") ChannelReduction reduction)
    implements Attribution {
  /** Against black. */
  public DeepLift() {
    this(Baseline.ZERO, ChannelReduction.SUM);
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    try (Scope scope = Scope.open()) {
      Tensor from = baseline.of(trace.pixels(), run);
      Tensor multipliers = multipliers(trace, objective, run, from);
      return scope.keep(trace.pixels().sub(from).mul(multipliers));
    }
  }

  /** The multipliers of the pixels against given baselines, (N, C, H, W). */
  Tensor multipliers(Trace trace, Objective objective, Run run, Tensor from) {
    int images = (int) trace.pixels().size(0);
    run.checkCancelled();
    Tensor pairs = Tensor.concat(List.of(trace.pixels(), from), 0);
    int[] twice = IntStream.range(0, 2 * images).map(i -> i % images).toArray();
    run.countForward();
    run.countBackward();
    return trace
        .classifier()
        .trace(pairs)
        .gradient(Trace.PIXELS, objective.select(twice), new DeepLiftRules())
        .narrow(0, 0, images);
  }

  @Override
  public boolean containsInput() {
    return true;
  }
}
