package io.adversight.training.architecture;

import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.graph.operator.AutoPad;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Pooling;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;
import java.util.List;

/**
 * Residual networks of two 3 x 3 convolutions per block (He et al. 2016): each stage has twice the
 * channels and half the rows and columns of the one before.
 *
 * @param width channels of the first stage
 * @param blocks in each stage
 * @param stem how the network begins
 */
public record ResNet(int width, List<Integer> blocks, Stem stem) implements Architecture {
  /** The first layers, and the shortcuts that go with them. */
  public enum Stem {
    /** A 7 x 7 convolution and a pooling, both of stride 2; projected shortcuts (option B). */
    LARGE,
    /** A 3 x 3 convolution; shortcuts with zeros as new channels (option A, section 4.2). */
    SMALL
  }

  public ResNet {
    Check.atLeast(1, width, "width");
    Check.atLeast(1, blocks.size(), "stages");
    blocks = List.copyOf(blocks);
  }

  /** ResNet-18 for 224 x 224 (table 1). */
  public static ResNet eighteen() {
    return new ResNet(64, List.of(2, 2, 2, 2), Stem.LARGE);
  }

  /** ResNet-20 for CIFAR (section 4.2). */
  public static ResNet twenty() {
    return new ResNet(16, List.of(3, 3, 3), Stem.SMALL);
  }

  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    GraphBuilder plan = new GraphBuilder("pixels", input.channels(), rng);
    String last;
    if (stem == Stem.LARGE) {
      last = plan.convNormRelu("1", "pixels", width, 7, 2);
      last = plan.maxPool("pool1", last, 3, 2, 1, false);
    } else {
      last = plan.convNormRelu("1", "pixels", width, 3, 1);
    }
    for (int stage = 0; stage < blocks.size(); stage++) {
      for (int block = 0; block < blocks.get(stage); block++) {
        String place = "%s_%s".formatted(stage + 2, block + 1);
        int stride = stage > 0 && block == 0 ? 2 : 1;
        last = block(plan, place, last, width << stage, stride, stem);
      }
    }
    last = plan.flatten("features", plan.globalAveragePool("gap", last));
    return plan.graph(plan.dense("logits", last, classes));
  }

  /** Two convolutions and the shortcut around them (figure 2). */
  static String block(
      GraphBuilder plan, String place, String from, int outputs, int stride, Stem stem) {
    String inner = plan.convNormRelu(place + "a", from, outputs, 3, stride);
    inner = plan.norm("norm" + place + "b", plan.conv("conv" + place + "b", inner, outputs, 3, 1));
    String around = from;
    if (stride != 1 || plan.channels(from) != outputs) {
      around =
          stem == Stem.LARGE
              ? plan.norm(
                  "norm" + place + "s", plan.conv("conv" + place + "s", from, outputs, 1, stride))
              : widened(plan, place, from, outputs, stride);
    }
    return plan.relu("relu" + place, plan.sum("sum" + place, inner, around));
  }

  /** Every stride-th row and column, and zeros as further channels. */
  private static String widened(
      GraphBuilder plan, String place, String from, int outputs, int stride) {
    int inputs = plan.channels(from);
    Pooling every =
        new Pooling.MaxPool(
            List.of(1L, 1L),
            List.of((long) stride, (long) stride),
            List.of(0L, 0L, 0L, 0L),
            List.of(1L, 1L),
            false,
            AutoPad.NOTSET);
    String fewer = plan.apply("fewer" + place, every, inputs, from);
    List<Long> pads = List.of(0L, 0L, 0L, 0L, 0L, (long) outputs - inputs, 0L, 0L);
    Layout zeros = new Layout.Pad(Layout.Pad.Mode.CONSTANT, pads, 0);
    return plan.apply("wider" + place, zeros, outputs, fewer);
  }
}
