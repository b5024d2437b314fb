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
import io.adversight.tensor.Engine;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Networks given by formulas, for attacks whose results are known. */
final class AttackNetworks {
  private static final GraphClassifier F8 = makeF8();

  private AttackNetworks() {}

  /** ((a i + b) mod m - c) / d. */
  static float[] formula(int count, int a, int b, int m, int c, int d) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (((a * i + b) % m - c) / (double) d);
    }
    return values;
  }

  /** The formula network F8: 8 x 8 grey pictures, two convolutions, four classes. */
  static GraphClassifier f8() {
    return F8;
  }

  private static GraphClassifier makeF8() {
    Engine.setThreads(1);
    Map<String, Tensor> constants = new HashMap<>();
    constants.put("w1", Tensor.of(formula(18, 7, 11, 13, 6, 10), 2, 1, 3, 3));
    constants.put("b1", Tensor.of(formula(2, 5, 2, 7, 2, 20), 2));
    constants.put("w2", Tensor.of(formula(24, 5, 6, 17, 8, 10), 3, 2, 2, 2));
    constants.put("b2", Tensor.of(formula(3, 4, 1, 5, 1, 20), 3));
    constants.put("w3", Tensor.of(formula(108, 2, 12, 19, 9, 10), 4, 27));
    constants.put("b3", Tensor.of(formula(4, 3, 2, 5, 2, 20), 4));
    List<Long> ones = List.of(1L, 1L);
    List<Node> nodes =
        List.of(
            new Node(
                "conv1",
                new Linear.Conv(ones, List.of(1L, 1L, 1L, 1L), ones, 1),
                List.of("x", "w1", "b1")),
            new Node("relu1", new Activation.Relu(), List.of("conv1")),
            new Node(
                "pool1",
                new Pooling.MaxPool(
                    List.of(2L, 2L), List.of(2L, 2L), List.of(0L, 0L, 0L, 0L), ones, false),
                List.of("relu1")),
            new Node(
                "conv2",
                new Linear.Conv(ones, List.of(0L, 0L, 0L, 0L), ones, 1),
                List.of("pool1", "w2", "b2")),
            new Node("relu2", new Activation.Relu(), List.of("conv2")),
            new Node("flat", new Layout.Flatten(1), List.of("relu2")),
            new Node("fc", new Linear.Gemm(1, 1, false, true), List.of("flat", "w3", "b3")));
    return classifier(new Graph("x", nodes, constants, "fc"), 8, 8, 4);
  }

  /** The input of the formula network, (1, 1, 8, 8). */
  static Tensor f8Input() {
    return Tensor.of(formula(64, 6, 8, 29, 0, 32), 1, 1, 8, 8);
  }

  /** f(x) = 1 - relu(1 - x) of each of {@code count} values, (N, 1, 1, count). */
  static GraphClassifier clip1(int count) {
    Dense minus = new Dense(identity(count, -1), constant(count, 1));
    return dense(1, count, minus, minus);
  }

  /** relu(relu(x1) - 1 - relu(x2)) of pairs: x1 in row 0, x2 in row 1, (N, 1, 2, 2). */
  static GraphClassifier sub1() {
    double[][] weights = {{1, 0, -1, 0}, {0, 1, 0, -1}};
    return dense(
        2,
        2,
        new Dense(identity(4, 1), constant(4, 0)),
        new Dense(weights, constant(2, -1)),
        new Dense(identity(2, 1), constant(2, 0)));
  }

  /** The dense network MultiLayer of three values plus {@code added}. */
  static GraphClassifier multiLayer(double... added) {
    double[][] ones43 = {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}};
    double sum = added[0] + added[1] + added[2];
    double[][] ones24 = {{1, 1, 1, 1}, {1, 1, 1, 1}};
    return dense(
        1,
        3,
        new Dense(ones43, new double[] {-10 + sum, 1 + sum, 1 + sum, 1 + sum}),
        new Dense(ones24, new double[] {-1, 1}));
  }

  /** Two classes in the plane: logits (0, w x + b). */
  static GraphClassifier line(double w0, double w1, double b) {
    return dense(1, 2, new Dense(new double[][] {{0, 0}, {w0, w1}}, new double[] {0, b}));
  }

  /** A dense layer's weights (out, in) and biases. */
  private static final class Dense {
    private final double[][] weights;
    private final double[] bias;

    Dense(double[][] weights, double[] bias) {
      this.weights = weights;
      this.bias = bias;
    }
  }

  /** Dense layers with ReLU in between, for pictures of one channel. */
  private static GraphClassifier dense(int height, int width, Dense... layers) {
    Map<String, Tensor> constants = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node("flat", new Layout.Flatten(1), List.of("x")));
    String last = "flat";
    for (int i = 0; i < layers.length; i++) {
      double[][] weights = layers[i].weights;
      float[] values = new float[weights.length * weights[0].length];
      float[] bias = new float[weights.length];
      for (int o = 0; o < weights.length; o++) {
        bias[o] = (float) layers[i].bias[o];
        for (int k = 0; k < weights[0].length; k++) {
          values[o * weights[0].length + k] = (float) weights[o][k];
        }
      }
      constants.put("w" + i, Tensor.of(values, weights.length, weights[0].length));
      constants.put("b" + i, Tensor.of(bias, weights.length));
      nodes.add(
          new Node("fc" + i, new Linear.Gemm(1, 1, false, true), List.of(last, "w" + i, "b" + i)));
      last = "fc" + i;
      if (i + 1 < layers.length) {
        nodes.add(new Node("relu" + i, new Activation.Relu(), List.of(last)));
        last = "relu" + i;
      }
    }
    int classes = layers[layers.length - 1].bias.length;
    return classifier(new Graph("x", nodes, constants, last), height, width, classes);
  }

  private static GraphClassifier classifier(Graph graph, int height, int width, int classes) {
    ModelCard card =
        ModelCard.of(
            "formula",
            "formula.onnx",
            new Input(1, height, width),
            Preprocessing.none(ChannelOrder.GRAY),
            Resize.stretch(),
            OutputKind.LOGITS,
            classes,
            new LabelSource.Numbers());
    return new GraphClassifier(card, Labels.numbers(classes), graph);
  }

  private static double[][] identity(int size, double value) {
    double[][] matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      matrix[i][i] = value;
    }
    return matrix;
  }

  private static double[] constant(int size, double value) {
    double[] values = new double[size];
    java.util.Arrays.fill(values, value);
    return values;
  }
}
