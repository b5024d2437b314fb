package io.adversight.training.architecture;

import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;
import java.util.List;

/**
 * Stages of 3 x 3 convolutions, each with batch normalisation and ReLU, and max pooling by 2
 * between the stages, and a {@link DenseHead}.
 *
 * @param stages the channels of each convolution, by stage
 */
public record GapNet(List<List<Integer>> stages) implements Architecture {
  public GapNet {
    Check.atLeast(1, stages.size(), "stages");
    stages.forEach(stage -> Check.atLeast(1, stage.size(), "convolutions of a stage"));
    stages = stages.stream().map(List::copyOf).toList();
  }

  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    GraphBuilder plan = new GraphBuilder("pixels", input.channels(), rng);
    return plan.graph(new DenseHead().behind(plan, stages(plan, stages), classes));
  }

  /** The convolutions of all stages behind the pixels; returns the last layer. */
  static String stages(GraphBuilder plan, List<List<Integer>> stages) {
    String last = "pixels";
    for (int stage = 1; stage <= stages.size(); stage++) {
      if (stage > 1) {
        last = plan.maxPool("pool" + (stage - 1), last, 2);
      }
      List<Integer> widths = stages.get(stage - 1);
      for (int i = 1; i <= widths.size(); i++) {
        String place = widths.size() == 1 ? "%s".formatted(stage) : "%s_%s".formatted(stage, i);
        last = plan.convNormRelu(place, last, widths.get(i - 1), 3, 1);
      }
    }
    return last;
  }
}
