package io.adversight.training.architecture;

import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.input.InputException;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;
import java.util.List;

/**
 * A small residual attention network (Wang et al. 2017): each stage has a residual block, and a
 * module in which a soft mask M weighs a trunk T as (1 + M) T (equation 3). The mask branch goes
 * down to half of the rows and columns and up again; its sigmoid is the layer {@code mask1}, {@code
 * mask2}, ... of the stage.
 *
 * @param widths the channels of each stage
 */
public record ResidualAttention(List<Integer> widths) implements Architecture {
  public ResidualAttention {
    Check.atLeast(1, widths.size(), "stages");
    widths = List.copyOf(widths);
  }

  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    int coarsest = 1 << (widths.size() + 1);
    if (input.height() % coarsest != 0 || input.width() % coarsest != 0) {
      throw new InputException(
          "rows and columns must be multiples of %s, but the images have %s x %s"
              .formatted(coarsest, input.height(), input.width()));
    }
    GraphBuilder plan = new GraphBuilder("pixels", input.channels(), rng);
    String last = plan.convNormRelu("0", "pixels", widths.get(0) / 2, 3, 1);
    last = plan.maxPool("pool0", last, 2);
    for (int stage = 1; stage <= widths.size(); stage++) {
      String place = Integer.toString(stage);
      int width = widths.get(stage - 1);
      last = block(plan, place + "_in", last, width, stage == 1 ? 1 : 2);
      last = module(plan, place, last, width);
    }
    last = plan.flatten("features", plan.globalAveragePool("gap", last));
    return plan.graph(plan.dense("logits", last, classes));
  }

  private static String module(GraphBuilder plan, String place, String from, int width) {
    String trunk = block(plan, place + "_trunk", from, width, 1);
    String down = plan.maxPool("down" + place, from, 2);
    String coarse = block(plan, place + "_mask", down, width, 1);
    String up = plan.doubled("up" + place, coarse);
    String mask = plan.sigmoid("mask" + place, plan.biased("mask_conv" + place, up, width, 1, 1));
    String weight = plan.plus("weight" + place, mask, 1);
    return plan.product("attended" + place, trunk, weight);
  }

  private static String block(
      GraphBuilder plan, String place, String from, int outputs, int stride) {
    return ResNet.block(plan, place, from, outputs, stride, ResNet.Stem.LARGE);
  }
}
