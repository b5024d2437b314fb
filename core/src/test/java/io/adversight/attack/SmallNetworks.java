package io.adversight.attack;

import io.adversight.EngineUnderTest;
import io.adversight.data.Labels;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.ReferenceNetworks;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.InputResize;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.OutputKind;
import io.adversight.model.Preprocessing;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A linear classifier, whose boundaries are known, and the formula network F8. */
public final class SmallNetworks {
  private SmallNetworks() {}

  /** Logits W x + b of grey images; {@code weights} has one row per class. */
  public static GraphClassifier linear(int height, int width, double[][] weights, double... bias) {
    int classes = weights.length;
    int values = height * width;
    float[] flat = new float[classes * values];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) weights[i / values][i % values];
    }
    float[] shift = new float[classes];
    for (int i = 0; i < classes; i++) {
      shift[i] = (float) bias[i];
    }
    List<Node> nodes =
        List.of(
            new Node("flat", new Layout.Flatten(1), List.of("x")),
            new Node("fc", new Linear.Gemm(1, 1, false, true), List.of("flat", "w", "b")));
    Map<String, Tensor> constants =
        Map.of("w", Tensor.of(flat, classes, values), "b", Tensor.of(shift, classes));
    return classifier(height, width, classes, new Graph("x", nodes, constants, "fc"));
  }

  /** A linear classifier with random weights and no bias. */
  public static GraphClassifier randomLinear(int side, int classes, long seed) {
    return linear(side, side, weights(side, classes, seed), new double[classes]);
  }

  /** The weights of {@link #randomLinear}. */
  public static double[][] weights(int side, int classes, long seed) {
    float[] normal = new Rng(seed).normal(side * side * classes);
    double[][] weights = new double[classes][side * side];
    for (int i = 0; i < normal.length; i++) {
      weights[i / (side * side)][i % (side * side)] = normal[i];
    }
    return weights;
  }

  /**
   * A network without rectifiers or ties: 8 x 8 grey images, two convolutions with tanh, four
   * classes, random weights, and biases by which all classes are likely. Rounding moves its
   * gradients and what follows from them by as little as rounding is, so results compare across
   * batches and processors.
   */
  public static GraphClassifier smooth() {
    List<Long> ones = List.of(1L, 1L);
    List<Long> around = List.of(1L, 1L, 1L, 1L);
    List<Node> nodes =
        List.of(
            new Node("conv1", new Linear.Conv(ones, around, ones, 1), List.of("x", "w1", "b1")),
            new Node("tanh1", new Activation.Tanh(), List.of("conv1")),
            new Node("conv2", new Linear.Conv(ones, around, ones, 1), List.of("tanh1", "w2", "b2")),
            new Node("tanh2", new Activation.Tanh(), List.of("conv2")),
            new Node("flat", new Layout.Flatten(1), List.of("tanh2")),
            new Node("fc", new Linear.Gemm(1, 1, false, true), List.of("flat", "w3", "b3")));
    Map<String, Tensor> constants = new HashMap<>();
    constants.put("w1", normal(1, 0.5, 3, 1, 3, 3));
    constants.put("b1", normal(2, 0.1, 3));
    constants.put("w2", normal(3, 0.3, 3, 3, 3, 3));
    constants.put("b2", normal(4, 0.1, 3));
    constants.put("w3", normal(5, 0.2, 4, 192));
    constants.put("b3", Tensor.of(new double[] {0.13, 1.6, -1.8, 1.05}, 4).asFloat());
    return classifier(8, 8, 4, new Graph("x", nodes, constants, "fc"));
  }

  private static Tensor normal(long seed, double deviation, long... sizes) {
    int count = (int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    return Tensor.of(new Rng(seed).normal(count), sizes).mul(deviation);
  }

  /** Three images for {@link #smooth}, (3, 1, 8, 8), with all values inside [0.2, 0.8]. */
  public static Tensor smoothInputs() {
    return Tensor.of(new Rng(11).uniform(3 * 64, 0.2, 0.8), 3, 1, 8, 8);
  }

  /** The formula network F8 of the reference cases. */
  public static GraphClassifier f8() {
    return classifier(8, 8, 4, ReferenceNetworks.inFloat(ReferenceNetworks.f8()));
  }

  /** The input of the reference cases, of class 3 for F8. */
  public static Tensor f8Input() {
    return ReferenceNetworks.f8Input().asFloat();
  }

  /** A classifier of grey images by a graph whose output are logits. */
  public static GraphClassifier classifier(int height, int width, int classes, Graph graph) {
    ModelCard card =
        ModelCard.of(
            "small",
            "small.onnx",
            new Input(1, height, width),
            Preprocessing.none(ChannelOrder.GRAY),
            InputResize.stretch(),
            OutputKind.LOGITS,
            classes,
            new LabelSource.Numbers());
    return EngineUnderTest.of(new GraphClassifier(card, Labels.numbers(classes), graph));
  }
}
