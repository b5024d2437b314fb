package io.adversight.attribution;

import io.adversight.EngineUnderTest;
import io.adversight.attribution.attention.RawAttention;
import io.adversight.attribution.cam.AttentionMap;
import io.adversight.attribution.inherent.PrototypeSimilarity;
import io.adversight.attribution.inherent.SoftMask;
import io.adversight.data.Labels;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Pooling;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.InputResize;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.OutputKind;
import io.adversight.model.Preprocessing;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** Small networks whose values can be worked out by hand, built node by node. */
public final class Networks {
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> constants = new HashMap<>();
  private String last = "x";

  private Networks() {}

  private Networks add(String name, Operator operator, String... inputs) {
    nodes.add(new Node(name, operator, List.of(inputs)));
    last = name;
    return this;
  }

  private String constant(String name, float[] values, long... shape) {
    constants.put(name, Tensor.of(values, shape));
    return name;
  }

  private Networks dense(String name, String input, float[][] weights, float... bias) {
    float[] flat = new float[weights.length * weights[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = weights[i / weights[0].length][i % weights[0].length];
    }
    String w = constant(name + ".w", flat, weights.length, weights[0].length);
    Linear.Gemm gemm = new Linear.Gemm(1, 1, false, true);
    return bias.length == 0
        ? add(name, gemm, input, w)
        : add(name, gemm, input, w, constant(name + ".b", bias, bias.length));
  }

  private Networks conv(String name, String input, float[] w, long[] shape, long pad, float... b) {
    Linear.Conv conv =
        new Linear.Conv(List.of(1L, 1L), List.of(pad, pad, pad, pad), List.of(1L, 1L), 1);
    String weight = constant(name + ".w", w, shape);
    return b.length == 0
        ? add(name, conv, input, weight)
        : add(name, conv, input, weight, constant(name + ".b", b, b.length));
  }

  private Networks relu(String name) {
    return add(name, new Activation.Relu(), last);
  }

  private Networks flatten() {
    return add("flatten", new Layout.Flatten(1), last);
  }

  private static Pooling maxPool() {
    return new Pooling.MaxPool(
        List.of(2L, 2L), List.of(2L, 2L), List.of(0L, 0L, 0L, 0L), List.of(1L, 1L), false);
  }

  private GraphClassifier classifier(int channels, int height, int width, int classes) {
    return classifier(
        height,
        width,
        classes,
        Preprocessing.none(channels == 3 ? ChannelOrder.RGB : ChannelOrder.GRAY));
  }

  private GraphClassifier classifier(
      int height, int width, int classes, Preprocessing preprocessing) {
    ModelCard card =
        ModelCard.of(
            "toy",
            "toy.onnx",
            new Input(preprocessing.channels().channels(), height, width),
            preprocessing,
            InputResize.stretch(),
            OutputKind.LOGITS,
            classes,
            new LabelSource.Numbers());
    return EngineUnderTest.of(
        new GraphClassifier(card, Labels.numbers(classes), new Graph("x", nodes, constants, last)));
  }

  private static float[] filled(int count, double value) {
    return values(count, i -> value);
  }

  private static float[] values(int count, IntToDoubleFunction value) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) value.applyAsDouble(i);
    }
    return values;
  }

  private static float[][] rows(int rows, float... row) {
    float[][] all = new float[rows][];
    for (int i = 0; i < rows; i++) {
      all[i] = row.clone();
    }
    return all;
  }

  private static float[][] identity(int size) {
    float[][] rows = new float[size][size];
    for (int i = 0; i < size; i++) {
      rows[i][i] = 1;
    }
    return rows;
  }

  /** ((a i + b) mod m - c) / d: the parameters of the formula network. */
  private static float[] formula(int count, int a, int b, int m, int c, int d) {
    return values(count, i -> (double) ((a * i + b) % m - c) / d);
  }

  // ---- networks of the reference cases ----

  /** The input 0 to 15 of the one-convolution network. */
  public static Tensor a16() {
    return Tensor.of(values(16, i -> i), 1, 1, 4, 4);
  }

  /** An image whose first channel is 0 to 15, whose second is 1 and whose third is 0. */
  public static Tensor a16AndOnes() {
    return Tensor.of(values(48, i -> i < 16 ? i : i < 32 ? 1 : 0), 1, 3, 4, 4);
  }

  private Networks oneConv() {
    conv("conv1", last, filled(18, 1), new long[] {2, 1, 3, 3}, 0, -50, -75).relu("relu1");
    return flatten().dense("fc1", "flatten", rows(4, 1, 1, 1, 1, 1, -1, -1, -1)).relu("relu2");
  }

  /** One convolution with two channels, one dense layer, ReLU at the end. */
  public static GraphClassifier oneConvNetwork() {
    return new Networks().oneConv().classifier(1, 4, 4, 4);
  }

  /** The same network on the sum of the first two channels of an image: two inputs. */
  public static GraphClassifier oneConvOfTwoInputs() {
    return new Networks()
        .conv("sum", "x", new float[] {1, 1, 0}, new long[] {1, 3, 1, 1}, 0)
        .oneConv()
        .classifier(3, 4, 4, 4);
  }

  /** linear0 (identity), linear1, ReLU, linear2 on three numbers. */
  public static GraphClassifier multiLayer() {
    return new Networks()
        .flatten()
        .dense("linear0", "flatten", identity(3))
        .dense("linear1", "linear0", rows(4, 1, 1, 1), -10, 1, 1, 1)
        .relu("relu")
        .dense("linear2", "relu", rows(2, 1, 1, 1, 1), -1, 1)
        .classifier(1, 1, 3, 2);
  }

  /** The same with two equal branches that are added behind their ReLUs. */
  public static GraphClassifier twoBranches() {
    return new Networks()
        .flatten()
        .dense("linear0", "flatten", identity(3))
        .dense("linear1", "linear0", rows(4, 1, 1, 1), -10, 1, 1, 1)
        .relu("relu")
        .dense("alternative", "linear0", rows(4, 1, 1, 1), -10, 1, 1, 1)
        .relu("relu_alternative")
        .add("sum", new Arithmetic.Add(), "relu", "relu_alternative")
        .dense("linear2", "sum", rows(2, 1, 1, 1, 1), -1, 1)
        .classifier(1, 1, 3, 2);
  }

  /** {@link #twoBranches}, with each row of an image of two on its own: maps of two positions. */
  public static GraphClassifier twoBranchesOfMaps() {
    long[] shape = {4, 1, 1, 3};
    return new Networks()
        .conv("conv", "x", filled(12, 1), shape, 0, -10, 1, 1, 1)
        .relu("relu")
        .conv("alternative", "x", filled(12, 1), shape, 0, -10, 1, 1, 1)
        .relu("relu_alternative")
        .add("sum", new Arithmetic.Add(), "relu", "relu_alternative")
        .flatten()
        .dense("linear", "flatten", rows(2, 1, 1, 1, 1, 1, 1, 1, 1), -1, 1)
        .classifier(1, 2, 3, 2);
  }

  /** 1 - relu(1 - x), element by element, for six numbers. */
  public static GraphClassifier clipAtOne() {
    return new Networks()
        .conv("minus", "x", new float[] {-1}, new long[] {1, 1, 1, 1}, 0, 1)
        .relu("relu")
        .conv("back", "relu", new float[] {-1}, new long[] {1, 1, 1, 1}, 0, 1)
        .flatten()
        .classifier(1, 1, 6, 6);
  }

  /** relu(relu(x1) - 1 - relu(x2)). */
  public static GraphClassifier differenceOne() {
    return new Networks()
        .flatten()
        .relu("relu1")
        .dense("difference", "relu1", new float[][] {{1, -1}}, -1)
        .relu("relu2")
        .classifier(1, 1, 2, 1);
  }

  /** relu(relu(x1 - 1) - relu(x2)): the same function of the inputs used here. */
  public static GraphClassifier differenceTwo() {
    return new Networks()
        .flatten()
        .dense("shift", "flatten", identity(2), -1, 0)
        .relu("relu1")
        .dense("difference", "relu1", new float[][] {{1, -1}})
        .relu("relu2")
        .classifier(1, 1, 2, 1);
  }

  /** 2 relu(x1) + 2 relu(x2 - 1.5). */
  public static GraphClassifier shiftedRelus() {
    return new Networks()
        .flatten()
        .dense("shift", "flatten", identity(2), 0, -1.5f)
        .relu("relu")
        .dense("sum", "relu", new float[][] {{2, 2}})
        .classifier(1, 1, 2, 1);
  }

  /** 3 to 3 numbers with weights 2 (the first as given), ReLU, 3 to 1 with weights 3. */
  public static GraphClassifier twoLinear(float firstWeight) {
    float[][] weights = rows(3, 2, 2, 2);
    weights[0][0] = firstWeight;
    return new Networks()
        .flatten()
        .dense("linear", "flatten", weights)
        .relu("relu")
        .dense("linear2", "relu", rows(1, 3, 3, 3))
        .classifier(1, 1, 3, 1);
  }

  /** Max-pooling of four numbers. */
  public static GraphClassifier largest() {
    return new Networks().add("pool", maxPool(), "x").flatten().classifier(1, 2, 2, 1);
  }

  /** y = 5 (x1 + x2) + x, a skip connection around a dense layer. */
  public static GraphClassifier skip() {
    return new Networks()
        .flatten()
        .dense("linear", "flatten", rows(2, 5, 5))
        .add("sum", new Arithmetic.Add(), "linear", "flatten")
        .classifier(1, 1, 2, 2);
  }

  private Networks f8() {
    return conv(
            "conv1",
            "x",
            formula(18, 7, 11, 13, 6, 10),
            new long[] {2, 1, 3, 3},
            1,
            formula(2, 5, 2, 7, 2, 20))
        .relu("relu1")
        .add("pool1", maxPool(), "relu1")
        .conv(
            "conv2",
            "pool1",
            formula(24, 5, 6, 17, 8, 10),
            new long[] {3, 2, 2, 2},
            0,
            formula(3, 4, 1, 5, 1, 20))
        .relu("relu2");
  }

  private Networks f8Head() {
    float[] flat = formula(108, 2, 12, 19, 9, 10);
    String weight = constant("fc.w", flat, 4, 27);
    String bias = constant("fc.b", formula(4, 3, 2, 5, 2, 20), 4);
    return flatten().add("fc", new Linear.Gemm(1, 1, false, true), "flatten", weight, bias);
  }

  /** The formula network: two convolutions, a max-pooling, a dense layer, four classes. */
  public static GraphClassifier formula() {
    return new Networks().f8().f8Head().classifier(1, 8, 8, 4);
  }

  /** The formula network behind x = (2 pixel - 0.5) / 0.8. */
  public static GraphClassifier preprocessedFormula() {
    return new Networks()
        .f8()
        .f8Head()
        .classifier(8, 8, 4, new Preprocessing(ChannelOrder.GRAY, 2, List.of(0.5), List.of(0.8)));
  }

  /** The formula network with ReLU6 limits of 0.3 in place of the second ReLU. */
  public static GraphClassifier clippedFormula() {
    Networks made = new Networks().f8();
    made.nodes.remove(made.nodes.size() - 1);
    return made.add("relu2", new Activation.Clip(0, 0.3), "conv2").f8Head().classifier(1, 8, 8, 4);
  }

  /** The formula network with SiLU (sigmoid and product), GELU and normalisation for its ReLUs. */
  public static GraphClassifier smoothFormula() {
    return smooth().f8Head().classifier(1, 8, 8, 4);
  }

  private static Networks smooth() {
    Networks made = new Networks();
    made.conv(
            "conv1",
            "x",
            formula(18, 7, 11, 13, 6, 10),
            new long[] {2, 1, 3, 3},
            1,
            formula(2, 5, 2, 7, 2, 20))
        .add("sigmoid", new Activation.Sigmoid(), "conv1")
        .add("silu", new Arithmetic.Mul(), "conv1", "sigmoid")
        .add("lrn", new Normalization.LRN(2, 0.5, 0.75, 1), "silu")
        .add("pool1", maxPool(), "lrn")
        .conv(
            "conv2",
            "pool1",
            formula(24, 5, 6, 17, 8, 10),
            new long[] {3, 2, 2, 2},
            0,
            formula(3, 4, 1, 5, 1, 20))
        .add("relu2", new Activation.Gelu(false), "conv2");
    return made;
  }

  /** A network without its biases. */
  private GraphClassifier unbiased() {
    constants.replaceAll((name, value) -> name.endsWith(".b") ? value.fullLike(0) : value);
    return classifier(1, 8, 8, 4);
  }

  /** The formula network without biases. */
  public static GraphClassifier unbiasedFormula() {
    return new Networks().f8().f8Head().unbiased();
  }

  /** The network of smooth activations without biases. */
  public static GraphClassifier unbiasedSmoothFormula() {
    return smooth().f8Head().unbiased();
  }

  /** A convolution over three pixels with uneven weights, ReLU, a dense layer. */
  public static GraphClassifier twoLinearConvolved() {
    Networks made = new Networks();
    made.add(
        "conv",
        new Linear.Conv(List.of(1L, 1L), List.of(0L, 0L, 0L, 0L), List.of(1L, 1L), 1),
        "x",
        made.constant("conv.w", new float[] {1, 5, 2}, 1, 1, 1, 3));
    return made.relu("relu")
        .flatten()
        .dense("dense", "flatten", new float[][] {{3}})
        .classifier(1, 1, 3, 1);
  }

  /** The formula network's maps behind a head of global average pooling and a dense layer. */
  public static GraphClassifier pooledFormula() {
    float[][] weights = new float[4][3];
    for (int i = 0; i < 12; i++) {
      weights[i / 3][i % 3] = ((7 * i + 3) % 11 - 5) / 10f;
    }
    return new Networks()
        .f8()
        .add("gap", new Pooling.GlobalAveragePool(), "relu2")
        .flatten()
        .dense("fc", "flatten", weights)
        .classifier(1, 8, 8, 4);
  }

  /** The formula network's maps under attention pooling: 1 x 1 convolutions, product, mean. */
  public static GraphClassifier attention() {
    return new Networks()
        .f8()
        .conv("top_down", "relu2", formula(12, 7, 3, 11, 5, 10), new long[] {4, 3, 1, 1}, 0)
        .conv("bottom_up", "relu2", new float[] {0.5f, -1, 2}, new long[] {1, 3, 1, 1}, 0)
        .add("attention", new Arithmetic.Mul(), "top_down", "bottom_up")
        .add("gap", new Pooling.GlobalAveragePool(), "attention")
        .flatten()
        .classifier(1, 8, 8, 4);
  }

  /** The formula network with two masks M: (1 + M) T behind one layer, M T behind the next. */
  public static GraphClassifier masked() {
    Networks net = new Networks().f8();
    net.constant("one", new float[] {1}, 1);
    return net.conv("mask1_conv", "relu2", formula(9, 5, 2, 7, 3, 4), new long[] {3, 3, 1, 1}, 0)
        .add("mask1", new Activation.Sigmoid(), "mask1_conv")
        .add("weight1", new Arithmetic.Add(), "mask1", "one")
        .add("attended1", new Arithmetic.Mul(), "relu2", "weight1")
        .add("mask2", new Activation.Sigmoid(), "attended1")
        .add("attended2", new Arithmetic.Mul(), "mask2", "attended1")
        .add("gap", new Pooling.GlobalAveragePool(), "attended2")
        .flatten()
        .dense("fc", "flatten", new float[][] {{1, 0, 2}, {0, 1, 1}, {1, 1, 0}, {2, 0, 1}})
        .classifier(1, 8, 8, 4);
  }

  /** Three maps of similarity, whose largest values feed one dense layer. */
  public static GraphClassifier prototypes() {
    return new Networks()
        .f8()
        .add("largest", new Pooling.GlobalMaxPool(), "relu2")
        .flatten()
        .dense("fc", "flatten", new float[][] {{1, -0.5f, 2}, {0, 1, 1}, {1, 3, 0}, {2, 0, 1}})
        .classifier(1, 8, 8, 4);
  }

  /** Whether a method explains networks of any architecture. */
  public static boolean suitsAny(Attribution method) {
    return !(method instanceof AttentionMap
        || readsTokens(method)
        || method instanceof SoftMask
        || method instanceof PrototypeSimilarity);
  }

  /** Whether a method explains networks that attend, and no others. */
  public static boolean readsTokens(Attribution method) {
    return method.getClass().getPackage().equals(RawAttention.class.getPackage());
  }

  /** A small network that a method can explain. */
  public static GraphClassifier suiting(Attribution method) {
    if (readsTokens(method)) {
      return TinyTransformer.classifier();
    }
    if (method instanceof AttentionMap) {
      return attention();
    }
    if (method instanceof SoftMask) {
      return masked();
    }
    return method instanceof PrototypeSimilarity ? prototypes() : pooledFormula();
  }

  /** The formula network's input, 8 x 8. */
  public static Tensor formulaInput() {
    return Tensor.of(formula(64, 6, 8, 29, 0, 32), 1, 1, 8, 8);
  }

  /** An image of one row. */
  public static Tensor row(double... values) {
    return Tensor.of(values(values.length, i -> values[i]), 1, 1, 1, values.length);
  }
}
