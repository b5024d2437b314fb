package io.adversight.attack;

import io.adversight.data.Labels;
import io.adversight.graph.Graph;
import io.adversight.graph.Layout;
import io.adversight.graph.Linear;
import io.adversight.graph.Node;
import io.adversight.graph.ReferenceNetworks;
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

  /** The formula network F8 of the reference cases. */
  public static GraphClassifier f8() {
    return classifier(8, 8, 4, ReferenceNetworks.inFloat(ReferenceNetworks.f8()));
  }

  /** The input of the reference cases, of class 3 for F8. */
  public static Tensor f8Input() {
    return ReferenceNetworks.f8Input().asFloat();
  }

  private static GraphClassifier classifier(int height, int width, int classes, Graph graph) {
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
    return new GraphClassifier(card, Labels.numbers(classes), graph);
  }
}
