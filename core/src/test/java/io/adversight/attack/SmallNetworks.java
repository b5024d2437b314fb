package io.adversight.attack;

import io.adversight.data.Labels;
import io.adversight.graph.Activation;
import io.adversight.graph.Graph;
import io.adversight.graph.Layout;
import io.adversight.graph.Linear;
import io.adversight.graph.Node;
import io.adversight.graph.Pooling;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.OutputKind;
import io.adversight.model.Preprocessing;
import io.adversight.model.Resize;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A linear classifier, whose boundaries are known, and the formula network F8. */
public final class SmallNetworks {
  private SmallNetworks() {}

  /** Logits W x + b of grey pictures; {@code weights} has one row per class. */
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
    return classifier(
        height,
        width,
        classes,
        List.of(
            new Node("flat", new Layout.Flatten(1), List.of("x")),
            new Node("fc", new Linear.Gemm(1, 1, false, true), List.of("flat", "w", "b"))),
        Map.of("w", Tensor.of(flat, classes, values), "b", Tensor.of(shift, classes)));
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

  /** The formula network F8 of the reference cases. */
  public static GraphClassifier f8() {
    return classifier(
        8,
        8,
        4,
        List.of(
            new Node("conv1", conv(1), List.of("x", "w1", "b1")),
            new Node("relu1", new Activation.Relu(), List.of("conv1")),
            new Node(
                "pool",
                new Pooling.MaxPool(
                    List.of(2L, 2L),
                    List.of(2L, 2L),
                    List.of(0L, 0L, 0L, 0L),
                    List.of(1L, 1L),
                    false),
                List.of("relu1")),
            new Node("conv2", conv(0), List.of("pool", "w2", "b2")),
            new Node("relu2", new Activation.Relu(), List.of("conv2")),
            new Node("flat", new Layout.Flatten(1), List.of("relu2")),
            new Node("fc", new Linear.Gemm(1, 1, false, true), List.of("flat", "w3", "b3"))),
        Map.of(
            "w1", formula(7, 11, 13, 6, 10, 2, 1, 3, 3),
            "b1", formula(5, 2, 7, 2, 20, 2),
            "w2", formula(5, 6, 17, 8, 10, 3, 2, 2, 2),
            "b2", formula(4, 1, 5, 1, 20, 3),
            "w3", formula(2, 12, 19, 9, 10, 4, 27),
            "b3", formula(3, 2, 5, 2, 20, 4)));
  }

  /** The input of the reference cases, of class 3 for F8. */
  public static Tensor f8Input() {
    return formula(6, 8, 29, 0, 32, 1, 1, 8, 8);
  }

  /** (((a i + b) mod m) - c) / d, i counting the elements of the shape {@code sizes}. */
  private static Tensor formula(int a, int b, int m, int c, int d, long... sizes) {
    float[] values = new float[(int) Arrays.stream(sizes).reduce(1, (x, y) -> x * y)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (((a * i + b) % m - c) / (double) d);
    }
    return Tensor.of(values, sizes);
  }

  private static Linear.Conv conv(long pad) {
    return new Linear.Conv(List.of(1L, 1L), List.of(pad, pad, pad, pad), List.of(1L, 1L), 1);
  }

  private static GraphClassifier classifier(
      int height, int width, int classes, List<Node> nodes, Map<String, Tensor> constants) {
    ModelCard card =
        ModelCard.of(
            "small",
            "small.onnx",
            new Input(1, height, width),
            Preprocessing.none(ChannelOrder.GRAY),
            Resize.stretch(),
            OutputKind.LOGITS,
            classes,
            new LabelSource.Numbers());
    return new GraphClassifier(
        card, Labels.numbers(classes), new Graph("x", nodes, constants, "fc"));
  }
}
