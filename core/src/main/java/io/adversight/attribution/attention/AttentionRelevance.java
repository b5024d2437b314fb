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
 * Relevance of tokens by attention and its gradients (Chefer et al. 2021): R = I at first, and R +
 * A R behind each block (equation 6), where A is the mean over the heads of the positive part of
 * the weights times their gradient (equation 5); the row of the class token.
 */
@Doc("Attention relevance")
@Paper("chefer2021")
public record AttentionRelevance() implements Attribution {
  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    TokenAttention attention = TokenAttention.of(trace.classifier(), "attention-relevance");
    try (Scope scope = Scope.open()) {
      Tensor relevance = TokenAttention.identity(attention.weights(trace, 0).select(1, 0));
      for (int block = 0; block < attention.blocks().size(); block++) {
        run.checkCancelled();
        Tensor weighted = attention.weighted(trace, block, objective);
        Tensor mean = weighted.relu().mean(1).squeeze(1); // equation 5
        relevance = relevance.add(mean.matmul(relevance)); // equation 6
      }
      return scope.keep(attention.map(relevance));
    }
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.SUM;
  }

  @Override
  public List<String> gradientsAt(Classifier classifier) {
    return TokenAttention.of(classifier, "attention-relevance").layers();
  }
}
