package io.adversight.attribution.relevance;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.internal.NetworkInput;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.graph.Layer;
import io.adversight.graph.backward.LrpRule;
import io.adversight.graph.backward.LrpRules;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Layer-wise relevance propagation: the score is handed back layer by layer, each giving to its
 * inputs what they contributed (Bach et al. 2015). Relevance is conserved but for what biases and
 * the stabiliser take. Written as a gradient: relevance is activation times the gradient under
 * {@link LrpRules}, so that the whole is one forward and one backward pass. Batch normalisation
 * should be folded into the layer before it, as the importer does.
 *
 * @param composite which layer follows which rule
 * @param epsilon of the epsilon rule
 * @param gamma of the gamma rule
 * @param reduction how the channels become one map
 */
@Doc("Layer-wise relevance propagation")
@Paper("bach2015")
public record Lrp(
    @Doc("assignment of rules to layers") LrpComposite composite,
    @Doc("stabiliser of the epsilon rule") double epsilon,
    @Doc("gamma, the factor on positive weights in the gamma rule") double gamma,
    @Doc("how channels become one map") ChannelReduction reduction)
    implements Attribution {
  /** The epsilon rule with a small epsilon. */
  public Lrp() {
    this(LrpComposite.EPSILON, 1e-9, 0.25, ChannelReduction.SUM);
  }

  public Lrp {
    Check.atLeast(0.0, epsilon, "epsilon");
    Check.atLeast(0.0, gamma, "gamma");
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    try (Scope scope = Scope.open()) {
      run.checkCancelled();
      LrpRules rules = rules(trace.classifier());
      return scope.keep(
          composite.first() == LrpComposite.First.NONE
              ? relevance(trace, objective, rules)
              : FirstLayer.of(trace.classifier())
                  .relevance(trace, objective, rules, composite.first()));
    }
  }

  /** Pixels, counted from the one that the network sees as 0, times their gradient. */
  static Tensor relevance(Trace trace, Objective objective, LrpRules rules) {
    return NetworkInput.counted(trace).mul(trace.gradient(Trace.PIXELS, objective, rules));
  }

  private LrpRules rules(Classifier classifier) {
    Map<String, LrpRule> rules = new HashMap<>();
    for (Layer layer : classifier.layers()) {
      if (Set.of("Gemm", "MatMul").contains(layer.type())) {
        rules.put(layer.name(), composite.rule(true, epsilon, gamma));
      }
    }
    return new LrpRules(rules, composite.rule(false, epsilon, gamma), Gates.of(classifier));
  }

  @Override
  public boolean containsInput() {
    return true;
  }
}
