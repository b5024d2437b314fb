package io.adversight.training.architecture;

import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.graph.operator.Layout;
import io.adversight.input.InputException;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * ConvNeXt (Liu et al. 2022, figure 4 and section 2): patches, then stages of residual blocks, each
 * a depthwise convolution, a LayerNorm over the channels, a perceptron of four times the width with
 * GELU, and a learned scale of each channel. Between stages a LayerNorm and a 2 x 2 convolution of
 * stride 2. The mean over the places, normalized, decides. Convolutions may come first (Xiao et al.
 * 2021), which makes small data sets enough.
 *
 * @param stem the channels of 3 x 3 convolutions of stride 2, each with normalisation and ReLU;
 *     empty for the original
 * @param patch rows and columns of a patch, behind the stem; patches do not overlap
 * @param widths channels of each stage
 * @param depths blocks of each stage
 * @param kernel rows and columns of the depthwise convolutions, odd
 * @param layerScale of each channel at first; 1e-6 in the paper
 */
public record ConvNeXt(
    List<Integer> stem,
    int patch,
    List<Integer> widths,
    List<Integer> depths,
    int kernel,
    double layerScale)
    implements Architecture {
  private static final List<Long> CHANNELS_LAST = List.of(0L, 2L, 3L, 1L);
  private static final List<Long> CHANNELS_FIRST = List.of(0L, 3L, 1L, 2L);

  public ConvNeXt {
    stem = List.copyOf(stem);
    widths = List.copyOf(widths);
    depths = List.copyOf(depths);
    Check.atLeast(1, patch, "patch");
    Check.atLeast(1, widths.size(), "widths");
    Check.atLeast(1, kernel, "kernel");
    Check.within(0, 1, layerScale, "layerScale");
    if (depths.size() != widths.size()) {
      throw new InputException(
          "there must be a depth for each of the %s widths, but there are %s"
              .formatted(widths.size(), depths.size()));
    }
    if (kernel % 2 == 0) {
      throw new InputException("kernel must be odd, but is " + kernel);
    }
  }

  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    int stride = patch << (stem.size() + widths.size() - 1);
    if (input.height() % stride != 0 || input.width() % stride != 0) {
      throw new InputException(
          "rows and columns must be multiples of %s, but the images have %s x %s"
              .formatted(stride, input.height(), input.width()));
    }
    GraphBuilder plan = new GraphBuilder("pixels", input.channels(), rng);
    String last = "pixels";
    for (int i = 1; i <= stem.size(); i++) {
      last = plan.convNormRelu(Integer.toString(i), last, stem.get(i - 1), 3, 2);
    }
    last = plan.conv("patches", last, widths.get(0), patch, patch, 0, 1, true);
    last = channelNorm(plan, "patches.norm", last);
    for (int stage = 1; stage <= widths.size(); stage++) {
      if (stage > 1) {
        String name = "down" + (stage - 1);
        last = channelNorm(plan, name + ".norm", last);
        last = plan.conv(name, last, widths.get(stage - 1), 2, 2, 0, 1, true);
      }
      for (int block = 1; block <= depths.get(stage - 1); block++) {
        last = block(plan, "stage%s_%s".formatted(stage, block), last);
      }
    }
    last = plan.flatten("mean", plan.globalAveragePool("pool", last));
    return plan.graph(plan.dense("logits", plan.layerNorm("norm", last), classes));
  }

  private String block(GraphBuilder plan, String name, String from) {
    int width = plan.channels(from);
    String last = plan.conv(name + ".conv", from, width, kernel, 1, kernel / 2, width, true);
    last = transposed(plan, name + ".last", last, CHANNELS_LAST);
    last = plan.tokenDense(name + ".dense1", plan.layerNorm(name + ".norm", last), 4 * width);
    last = plan.tokenDense(name + ".dense2", plan.gelu(name + ".gelu", last), width);
    last = transposed(plan, name + ".first", last, CHANNELS_FIRST);
    String scale = plan.constant(name + ".scale", Tensor.ones(width, 1, 1).mul(layerScale));
    return plan.sum(name, from, plan.product(name + ".scaled", last, scale));
  }

  /** LayerNorm over the channels at each place. */
  private static String channelNorm(GraphBuilder plan, String name, String from) {
    String last = transposed(plan, name + ".last", from, CHANNELS_LAST);
    last = plan.layerNorm(name + ".normal", last);
    return transposed(plan, name, last, CHANNELS_FIRST);
  }

  private static String transposed(GraphBuilder plan, String name, String from, List<Long> order) {
    return plan.apply(name, new Layout.Transpose(order), plan.channels(from), from);
  }
}
