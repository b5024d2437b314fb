package io.adversight.attribution.attention;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * The attention of the class token to each patch in one block, whatever the objective is (Caron et
 * al. 2021, figure 1). Without a class token: the mean over all tokens.
 *
 * @param block from 1 next to the pixels; 0 for the last
 * @param head from 1; 0 for the mean over all
 */
@Doc("Attention of a block")
@Paper("caron2021")
public record RawAttention(
    @Doc("block, from 1 next to the pixels; 0 for the last") int block,
    @Doc("head, from 1; 0 for the mean over all") int head)
    implements Attribution {
  private static final int MOST = 1000;

  public RawAttention {
    Check.within(0, MOST, block, "block");
    Check.within(0, MOST, head, "head");
  }

  /** All heads of the last block. */
  public RawAttention() {
    this(0, 0);
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    TokenAttention attention = TokenAttention.of(trace.classifier(), "raw-attention");
    int blocks = attention.blocks().size();
    checkUpTo("block", block, blocks, trace.classifier());
    int place = block == 0 ? blocks - 1 : block - 1;
    checkUpTo("head", head, attention.blocks().get(place).heads(), trace.classifier());
    try (Scope scope = Scope.open()) {
      Tensor weights = attention.weights(trace, place);
      Tensor rows =
          head == 0 ? weights.mean(1).squeeze(1) : weights.narrow(1, head - 1, 1).squeeze(1);
      return scope.keep(attention.map(rows));
    }
  }

  private static void checkUpTo(String what, int number, int most, Classifier classifier) {
    if (number > most) {
      throw new InputException(
          "raw-attention: \"%s\" has %s %ss, so %s must be at most %s, but was %s"
              .formatted(classifier.card().name(), most, what, what, most, number));
    }
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.SUM;
  }

  @Override
  public List<String> gradientsAt(Classifier classifier) {
    TokenAttention.of(classifier, "raw-attention");
    return List.of();
  }
}
