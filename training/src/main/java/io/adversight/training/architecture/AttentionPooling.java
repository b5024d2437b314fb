package io.adversight.training.architecture;

import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;
import java.util.List;

/**
 * A network with attention pooling in place of average pooling (Girdhar and Ramanan 2017): the
 * features of {@link GapNet} with an {@link AttentionHead}.
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
    GraphBuilder plan = new GraphBuilder("pixels", input.channels(), rng);
    String features = GapNet.stages(plan, stages);
    return plan.graph(new AttentionHead().behind(plan, features, classes));
  }
}
