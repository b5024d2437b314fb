package io.adversight.training.architecture;

import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;

/**
 * Inverted residuals with linear bottlenecks (Sandler et al. 2018, tables 1 and 2).
 *
 * @param width the width multiplier, (0, 4]
 */
public record MobileNetV2(double width) implements Architecture {
  /** Expansion, channels, blocks, stride of the first block. */
  private static final int[][] STAGES = {
    {1, 16, 1, 1},
    {6, 24, 2, 2},
    {6, 32, 3, 2},
    {6, 64, 4, 2},
    {6, 96, 3, 1},
    {6, 160, 3, 2},
    {6, 320, 1, 1}
  };

  public MobileNetV2 {
    Check.within(0.05, 4.0, width, "width");
  }

  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    GraphBuilder plan = new GraphBuilder("pixels", input.channels(), rng);
    String last = expanded(plan, "1", "pixels", channels(32), 3, 2);
    for (int stage = 0; stage < STAGES.length; stage++) {
      int[] form = STAGES[stage];
      for (int block = 0; block < form[2]; block++) {
        String place = "%s_%s".formatted(stage + 2, block + 1);
        last = bottleneck(plan, place, last, form[0], channels(form[1]), block == 0 ? form[3] : 1);
      }
    }
    last = expanded(plan, "9", last, width > 1 ? channels(1280) : 1280, 1, 1);
    last = plan.flatten("features", plan.globalAveragePool("gap", last));
    return plan.graph(plan.dense("logits", last, classes));
  }

  private static String bottleneck(
      GraphBuilder plan, String place, String from, int expansion, int outputs, int stride) {
    int inputs = plan.channels(from);
    String last =
        expansion == 1 ? from : expanded(plan, place + "e", from, inputs * expansion, 1, 1);
    last = plan.depthwise("conv" + place + "d", last, 3, stride);
    last = plan.relu6("relu" + place + "d", plan.norm("norm" + place + "d", last));
    last = plan.norm("norm" + place, plan.conv("conv" + place, last, outputs, 1, 1));
    return stride == 1 && inputs == outputs ? plan.sum("sum" + place, last, from) : last;
  }

  private static String expanded(
      GraphBuilder plan, String place, String from, int outputs, int kernel, int stride) {
    String conv = plan.conv("conv" + place, from, outputs, kernel, stride);
    return plan.relu6("relu" + place, plan.norm("norm" + place, conv));
  }

  /** A multiple of 8, at least 90 % of what the width asks for. */
  private int channels(int full) {
    double wanted = full * width;
    int rounded = Math.max(8, (int) (wanted + 4) / 8 * 8);
    return rounded < 0.9 * wanted ? rounded + 8 : rounded;
  }
}
