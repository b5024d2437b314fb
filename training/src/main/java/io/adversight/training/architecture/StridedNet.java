package io.adversight.training.architecture;

import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;
import java.util.List;

/**
 * Convolutions of 4 x 4 with a stride of 2 and ReLU, a dense layer with ReLU and one of logits: the
 * network for MNIST of Wong and Kolter 2018 (section 5.2), with channels 16 and 32 and 100 dense
 * units. It has nothing but affine layers and ReLU, so that robustness can be certified.
 *
 * @param channels of each convolution, which halves rows and columns
 * @param dense units of the dense layer
 */
public record StridedNet(List<Integer> channels, int dense) implements Architecture {
  public StridedNet {
    Check.within(1, 8, channels.size(), "convolutions");
    channels.forEach(count -> Check.atLeast(1, count, "channels"));
    Check.atLeast(1, dense, "dense");
    channels = List.copyOf(channels);
  }

  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    GraphBuilder plan = new GraphBuilder("pixels", input.channels(), rng);
    String last = "pixels";
    int height = input.height();
    int width = input.width();
    for (int i = 1; i <= channels.size(); i++) {
      last = plan.conv("conv" + i, last, channels.get(i - 1), 4, 2, 1, 1, true);
      last = plan.relu("relu" + i, last);
      height /= 2;
      width /= 2;
    }
    Check.atLeast(1, Math.min(height, width), "rows and columns behind the convolutions");
    last = plan.flattenMaps("features", last, height * width);
    int next = channels.size() + 1;
    last = plan.relu("relu" + next, plan.dense("dense" + next, last, dense));
    return plan.graph(plan.dense("logits", last, classes));
  }
}
