package io.adversight.attribution.attention;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Gradient attention rollout: as attention rollout, with the weights of each block times the
 * gradient of the objective with respect to them, the mean over the heads, and what is negative cut
 * off (Gildenblat 2020).
 */
@Doc("Gradient attention rollout")
@Paper("gildenblat2020")
public record GradientRollout() implements Attribution {
  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    TokenAttention attention = TokenAttention.of(trace.classifier(), "gradient-rollout");
    try (Scope scope = Scope.open()) {
      Rollout rollout = new Rollout();
      for (int block = 0; block < attention.blocks().size(); block++) {
        run.checkCancelled();
        Tensor weighted = attention.weighted(trace, block, objective);
        rollout.through(weighted.mean(1).squeeze(1).relu());
      }
      return scope.keep(attention.map(rollout.rows()));
    }
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.SUM;
  }

  @Override
  public List<String> gradientsAt(Classifier classifier) {
    return TokenAttention.of(classifier, "gradient-rollout").layers();
  }
}
