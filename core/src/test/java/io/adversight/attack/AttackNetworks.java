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
import io.adversight.tensor.Engine;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Networks given by formulas, for attacks whose results are known. */
public final class AttackNetworks {
  private static final GraphClassifier F8 = makeF8();

  private AttackNetworks() {}

  /** The formula network F8: 8 x 8 grey images, two convolutions, four classes. */
  public static GraphClassifier f8() {
    return F8;
  }

  private static GraphClassifier makeF8() {
    Engine.setThreads(1);
    return classifier(ReferenceNetworks.inFloat(ReferenceNetworks.f8()), 8, 8, 4);
  }

  /** The input of the formula network, (1, 1, 8, 8). */
  public static Tensor f8Input() {
    return Tensor.of(ReferenceNetworks.formula(64, 6, 8, 29, 0, 32), 1, 1, 8, 8).asFloat();
  }

  /** f(x) = 1 - relu(1 - x) of each of {@code count} values, (N, 1, 1, count). */
  public static GraphClassifier clip1(int count) {
    Dense minus = new Dense(identity(count, -1), constant(count, 1));
    return dense(1, count, minus, minus);
  }

  /** relu(relu(x1) - 1 - relu(x2)) of pairs: x1 in row 0, x2 in row 1, (N, 1, 2, 2). */
  public static GraphClassifier sub1() {
    double[][] weights = {{1, 0, -1, 0}, {0, 1, 0, -1}};
    return dense(
        2,
        2,
        new Dense(identity(4, 1), constant(4, 0)),
        new Dense(weights, constant(2, -1)),
        new Dense(identity(2, 1), constant(2, 0)));
  }

  /** The dense network MultiLayer of three values plus {@code added}. */
  public static GraphClassifier multiLayer(double... added) {
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
  public static GraphClassifier line(double w0, double w1, double b) {
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

  /** Dense layers with ReLU in between, for images of one channel. */
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
            InputResize.stretch(),
            OutputKind.LOGITS,
            classes,
            new LabelSource.Numbers());
    return EngineUnderTest.of(new GraphClassifier(card, Labels.numbers(classes), graph));
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
