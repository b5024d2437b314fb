package io.adversight.attribution.relevance;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.graph.backward.LrpRule;
import io.adversight.graph.backward.LrpRules;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Map;

/**
 * Relevance propagation through attention (Achtibat et al. 2024, section 3): linear layers by the
 * epsilon rule, products of two activations half to each, the softmax by its Taylor expansion,
 * which is its gradient times its input, normalisations and activations hand on what they scale.
 *
 * @param epsilon stabiliser of the epsilon rule
 * @param gamma factor on positive weights; above 0 linear layers follow the gamma rule, which the
 *     paper recommends for vision transformers
 * @param reduction how the channels become one map
 * @see LrpRules
 */
@Doc("AttnLRP")
@Paper("achtibat2024")
public record AttnLrp(
    @Doc("stabiliser of the epsilon rule") double epsilon,
    @Doc("factor on positive weights; 0 for the epsilon rule") double gamma,
    @Doc("how channels become one map") ChannelReduction reduction)
    implements Attribution {
  /** The epsilon rule everywhere. */
  public AttnLrp() {
    this(1e-9, 0, ChannelReduction.SUM);
  }

  public AttnLrp {
    Check.atLeast(0.0, epsilon, "epsilon");
    Check.atLeast(0.0, gamma, "gamma");
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    try (Scope scope = Scope.open()) {
      run.checkCancelled();
      LrpRule linear = gamma > 0 ? new LrpRule.Gamma(gamma) : new LrpRule.Epsilon(epsilon);
      LrpRules rules = new LrpRules(Map.of(), linear, Gates.of(trace.classifier()));
      return scope.keep(Lrp.relevance(trace, objective, rules));
    }
  }

  @Override
  public boolean containsInput() {
    return true;
  }
}
