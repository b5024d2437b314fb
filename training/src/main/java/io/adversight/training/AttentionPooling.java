package io.adversight.training;

import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;
import java.util.List;

/**
 * Rank-1 second-order pooling in place of average pooling (Girdhar and Ramanan 2017, equation 7):
 * the score of class k is the sum over positions of (X a_k) * (X b), the product of a top-down map
 * that belongs to the class and a bottom-up map that belongs to none. Here the mean stands for the
 * sum. The features are those of {@link GapNet} with the same stages.
 *
 * @param stages the channels of each convolution, by stage
 */
public record AttentionPooling(List<List<Integer>> stages) implements Architecture {
  public AttentionPooling {
    Check.atLeast(1, stages.size(), "stages");
    stages = stages.stream().map(List::copyOf).toList();
  }

  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    Blueprint plan = new Blueprint("pixels", input.channels(), rng);
    String features = GapNet.stages(plan, stages);
    String topDown = plan.biased("top_down", features, classes, 1, 1);
    String bottomUp = plan.biased("bottom_up", features, 1, 1, 1);
    String attention = plan.product("attention", topDown, bottomUp);
    String pooled = plan.globalAveragePool("pooled", attention);
    return plan.graph(plan.flatten("logits", pooled));
  }
}
