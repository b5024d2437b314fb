package io.adversight.training.architecture;

import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.input.InputException;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;
import java.util.List;

/**
 * A vision transformer (Dosovitskiy et al. 2021, equations 1 to 4): patches become tokens behind a
 * class token, blocks of attention and a perceptron change them, and the class token decides. The
 * norm stands before each part. Convolutions may come first (Xiao et al. 2021), which makes small
 * data sets enough.
 *
 * @param stem the channels of 3 x 3 convolutions of stride 2, each with normalisation and ReLU;
 *     empty for the original
 * @param patch rows and columns of a patch, behind the stem
 * @param width of a token; a multiple of heads
 * @param depth number of blocks
 * @param heads of each attention
 * @param hidden units of the perceptrons
 */
public record VisionTransformer(
    List<Integer> stem, int patch, int width, int depth, int heads, int hidden)
    implements Architecture {
  private static final double POSITION = 0.02;

  public VisionTransformer {
    stem = List.copyOf(stem);
    Check.atLeast(1, patch, "patch");
    Check.atLeast(1, depth, "depth");
    Check.atLeast(1, hidden, "hidden");
    Check.within(1, Math.max(1, width), heads, "heads");
    if (width % heads != 0) {
      throw new InputException(
          "width must be a multiple of heads, but they are %s and %s".formatted(width, heads));
    }
  }

  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    GraphBuilder plan = new GraphBuilder("pixels", input.channels(), rng);
    String last = "pixels";
    for (int i = 1; i <= stem.size(); i++) {
      last = plan.convNormRelu(Integer.toString(i), last, stem.get(i - 1), 3, 2);
    }
    long places = places(input.height()) * places(input.width());
    last = plan.conv("patches", last, width, patch, patch, 0, 1, true);
    last =
        plan.apply("flat", new Layout.Reshape(List.of(0L, (long) width, -1L), false), width, last);
    last = plan.apply("tokens", new Layout.Transpose(List.of(0L, 2L, 1L)), width, last);
    // A class token of zeros, whose value is part of its position's.
    Layout.Pad first = new Layout.Pad(Layout.Pad.Mode.CONSTANT, List.of(0L, 1L, 0L, 0L, 0L, 0L), 0);
    last = plan.apply("with_class_token", first, width, last);
    last = plan.plusDrawn("embedded", last, POSITION, 1, places + 1, width);
    for (int block = 1; block <= depth; block++) {
      last = block(plan, "block" + block, last);
    }
    last = plan.layerNorm("norm", last);
    Layout.Gather classToken = new Layout.Gather(1, List.of(0L), List.of());
    return plan.graph(
        plan.dense("logits", plan.apply("class_token", classToken, width, last), classes));
  }

  private long places(int pixels) {
    int side = pixels;
    for (int i = 0; i < stem.size(); i++) {
      side = (side + 1) / 2;
    }
    if (side % patch != 0) {
      throw new InputException(
          "images of %s pixels a side cannot be divided into patches of %s"
              .formatted(pixels, patch << stem.size()));
    }
    return side / patch;
  }

  private String block(GraphBuilder plan, String name, String from) {
    String mixed = attention(plan, name, plan.layerNorm(name + ".norm1", from));
    String sum = plan.sum(name + ".sum1", from, mixed);
    String dense = plan.tokenDense(name + ".dense1", plan.layerNorm(name + ".norm2", sum), hidden);
    String gelu = plan.gelu(name + ".gelu", dense);
    return plan.sum(name + ".sum2", sum, plan.tokenDense(name + ".dense2", gelu, width));
  }

  /** softmax (Q K' / sqrt d) V in each head, and a dense layer of the heads side by side. */
  private String attention(GraphBuilder plan, String name, String from) {
    String query = heads(plan, name + ".query", from, List.of(0L, 2L, 1L, 3L));
    String key = heads(plan, name + ".key", from, List.of(0L, 2L, 3L, 1L));
    String value = heads(plan, name + ".value", from, List.of(0L, 2L, 1L, 3L));
    String scores = plan.apply(name + ".scores", new Linear.MatMul(), width, query, key);
    String scaled = plan.times(name + ".scaled", scores, 1 / Math.sqrt((double) width / heads));
    String weights =
        plan.apply(name + ".attention", new Activation.Softmax(-1, false), width, scaled);
    String mixed = plan.apply(name + ".mixed", new Linear.MatMul(), width, weights, value);
    String side =
        plan.apply(name + ".sides", new Layout.Transpose(List.of(0L, 2L, 1L, 3L)), width, mixed);
    String joined =
        plan.apply(
            name + ".joined",
            new Layout.Reshape(List.of(0L, 0L, (long) width), false),
            width,
            side);
    return plan.tokenDense(name + ".projection", joined, width);
  }

  /** A dense layer cut into heads: (N, heads, tokens, width / heads) but for the order. */
  private String heads(GraphBuilder plan, String name, String from, List<Long> order) {
    String dense = plan.tokenDense(name, from, width);
    List<Long> sizes = List.of(0L, 0L, (long) heads, (long) width / heads);
    String cut = plan.apply(name + ".cut", new Layout.Reshape(sizes, false), width, dense);
    return plan.apply(name + ".heads", new Layout.Transpose(order), width, cut);
  }
}
