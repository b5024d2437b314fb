package io.adversight.training.architecture;

import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;
import java.util.List;

/**
 * Stages of 3 x 3 convolutions with bias and ReLU, each followed by max pooling by 2, then dense
 * layers on all positions (Simonyan and Zisserman 2015, table 1). Without dropout.
 *
 * @param stages the channels of each convolution, by stage
 * @param dense the sizes of the dense layers before the logits
 * @param normalized whether batch normalisation follows each convolution, which then has no bias
 */
public record Vgg(List<List<Integer>> stages, List<Integer> dense, boolean normalized)
    implements Architecture {
  public Vgg {
    Check.atLeast(1, stages.size(), "stages");
    stages.forEach(stage -> Check.atLeast(1, stage.size(), "convolutions of a stage"));
    stages = stages.stream().map(List::copyOf).toList();
    dense = List.copyOf(dense);
  }

  /** VGG-16, the paper's configuration D. */
  public static Vgg sixteen() {
    return new Vgg(
        List.of(
            List.of(64, 64),
            List.of(128, 128),
            List.of(256, 256, 256),
            List.of(512, 512, 512),
            List.of(512, 512, 512)),
        List.of(4096, 4096),
        false);
  }

  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    GraphBuilder plan = new GraphBuilder("pixels", input.channels(), rng);
    String last = "pixels";
    for (int stage = 1; stage <= stages.size(); stage++) {
      List<Integer> widths = stages.get(stage - 1);
      for (int i = 1; i <= widths.size(); i++) {
        String place = "%s_%s".formatted(stage, i);
        last =
            normalized
                ? plan.convNormRelu(place, last, widths.get(i - 1), 3, 1)
                : plan.relu(
                    "relu" + place, plan.biased("conv" + place, last, widths.get(i - 1), 3, 1));
      }
      last = plan.maxPool("pool" + stage, last, 2);
    }
    int shrunk = 1 << stages.size();
    last = plan.flattenMaps("maps", last, (input.height() / shrunk) * (input.width() / shrunk));
    for (int i = 1; i <= dense.size(); i++) {
      last = plan.relu("relu_dense" + i, plan.dense("dense" + i, last, dense.get(i - 1)));
    }
    return plan.graph(plan.dense("logits", last, classes));
  }
}
