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
 * Attention rollout: the attention of all blocks multiplied, each with the residual connection, A =
 * (W + I) / 2, R = A_L ... A_1 (Abnar and Zuidema 2020, section 3); the row of the class token.
 * Whatever the objective is.
 *
 * @param heads how the heads of a block become one
 */
@Doc("Attention rollout")
@Paper("abnar2020")
public record AttentionRollout(@Doc("how the heads of a block become one") Heads heads)
    implements Attribution {
  /** How the heads of a block become one. */
  public enum Heads {
    /** Their mean, as in the paper. */
    MEAN {
      @Override
      Tensor fused(Tensor weights) {
        return weights.mean(1);
      }
    },
    /** The largest. */
    MAX {
      @Override
      Tensor fused(Tensor weights) {
        return weights.max(1);
      }
    },
    /** The smallest. */
    MIN {
      @Override
      Tensor fused(Tensor weights) {
        return weights.min(1);
      }
    };

    /** From (N, heads, T, T) to (N, 1, T, T). */
    abstract Tensor fused(Tensor weights);
  }

  /** The mean over the heads. */
  public AttentionRollout() {
    this(Heads.MEAN);
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    TokenAttention attention = TokenAttention.of(trace.classifier(), "attention-rollout");
    try (Scope scope = Scope.open()) {
      Rollout rollout = new Rollout();
      for (int block = 0; block < attention.blocks().size(); block++) {
        run.checkCancelled();
        rollout.through(heads.fused(attention.weights(trace, block)).squeeze(1));
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
    TokenAttention.of(classifier, "attention-rollout");
    return List.of();
  }
}
