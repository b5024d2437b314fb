package io.adversight.evaluation.certificate;

import io.adversight.attack.problem.Ball;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Proves that all images of a ball get the same class: lower bounds of the margins z_c - z_j over
 * the ball, whose pixels stay in [0, 1]. The bounds are computed in double precision, for the exact
 * function of the network's weights; float32 passes differ from it by their rounding.
 *
 * <pre>{@code
 * List<Double> margins = new Certificate(Method.CROWN).margins(network, pixels, 7, ball);
 * boolean certified = margins.stream().allMatch(margin -> margin > 0);
 * }</pre>
 *
 * @param method how activations are bounded
 */
public record Certificate(Method method) {
  /**
   * The lower bounds of z_label - z_j for all other classes j, in their order.
   *
   * @param classifier a network of convolutions, dense layers, sums, averages, ReLU, Clip, leaky
   *     ReLU and max-pooling
   * @param pixels (1, C, H, W) in [0, 1]
   * @param label the class c
   * @param ball in LINF, L2 or L1
   * @throws InputException if the network has other layers, or the ball is so large that the bounds
   *     would take very long
   */
  public List<Double> margins(Classifier classifier, Tensor pixels, int label, Ball ball) {
    GraphClassifier network = network(classifier);
    try (Scope scope = Scope.open()) {
      Region region = new Region(pixels.asDouble(), ball);
      NetworkBounds bounds =
          NetworkBounds.of(new PiecewiseAffine(network), region, method, WorkBudget.usual())
              .complete();
      Tensor rows = rows(network.card().classes(), label);
      return Arrays.stream(bounds.least(rows, method)).boxed().toList();
    }
  }

  /** Whether no image of the ball gets another class. */
  public boolean holds(Classifier classifier, Tensor pixels, int label, Ball ball) {
    return margins(classifier, pixels, label, ball).stream().allMatch(margin -> margin > 0);
  }

  /** The network itself, whose layers a certificate needs. */
  static GraphClassifier network(Classifier classifier) {
    if (!classifier.card().in().defense().isEmpty()) {
      throw new InputException(
          "a certificate holds for a network without a defence, but this one is %s"
              .formatted(classifier.card().nameInResults()));
    }
    if (classifier instanceof GraphClassifier network) {
      return network;
    }
    throw new InputException(
        "certificates need the layers of the network, which a defence in front of it hides");
  }

  /** One row per other class j: 1 at the label, -1 at j. */
  static Tensor rows(int classes, int label) {
    return rows(
        classes, label, IntStream.range(0, classes).filter(j -> j != label).boxed().toList());
  }

  /** One row for each of some other classes j: 1 at the label, -1 at j. */
  static Tensor rows(int classes, int label, List<Integer> others) {
    if (others.isEmpty()) {
      throw new InputException("a margin needs two classes, but the network has " + classes);
    }
    double[] rows = new double[Math.multiplyExact(others.size(), classes)];
    for (int row = 0; row < others.size(); row++) {
      rows[row * classes + label] = 1;
      rows[row * classes + others.get(row)] = -1;
    }
    return Tensor.of(rows, others.size(), classes);
  }
}
