package io.adversight.training.architecture;

import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;

/**
 * Depthwise separable convolutions (Howard et al. 2017, table 1).
 *
 * @param width the width multiplier alpha, (0, 4]
 */
public record MobileNetV1(double width) implements Architecture {
  private static final int[] OUTPUTS = {
    64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024
  };
  private static final int[] STRIDES = {1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1};

  public MobileNetV1 {
    Check.within(0.05, 4.0, width, "width");
  }

  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    GraphBuilder plan = new GraphBuilder("pixels", input.channels(), rng);
    String last = plan.convNormRelu("1", "pixels", channels(32), 3, 2);
    for (int i = 0; i < OUTPUTS.length; i++) {
      String depth = (i + 2) + "d";
      last = plan.depthwise("conv" + depth, last, 3, STRIDES[i]);
      last = plan.relu("relu" + depth, plan.norm("norm" + depth, last));
      last = plan.convNormRelu((i + 2) + "p", last, channels(OUTPUTS[i]), 1, 1);
    }
    last = plan.flatten("features", plan.globalAveragePool("gap", last));
    return plan.graph(plan.dense("logits", last, classes));
  }

  private int channels(int full) {
    return (int) (full * width);
  }
}
