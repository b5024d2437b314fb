package io.adversight.evaluation.certificate;

import io.adversight.attack.problem.Norm;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Pooling;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Upper bounds of the Lipschitz constants of layers with respect to the pixels, in one norm. */
final class LipschitzConstants {
  private final PiecewiseAffine network;
  private final Norm norm;
  private final Map<String, Tensor> ones = new LinkedHashMap<>();
  private final Map<String, Double> constants = new HashMap<>();

  /**
   * The constants of all layers.
   *
   * @param pixels an image, for the shapes
   */
  LipschitzConstants(PiecewiseAffine network, Tensor pixels, Norm norm) {
    this.network = network;
    this.norm = norm;
    String input = network.graph().input();
    Tensor one = pixels.asDouble().fullLike(1);
    Tensor scaled = network.preprocess(one).sub(network.preprocess(one.fullLike(0)));
    Map<String, Shape> shapes = network.graph().shapes(scaled.shape());
    ones.put(input, one);
    constants.put(input, scaled.abs().maxPerImage().item());
    for (Node node : network.graph().nodes()) {
      constants.put(node.name(), ofNode(node, shapes));
      if (network.isBent(node.name())) {
        ones.put(node.name(), ones(shapes, node.name()));
      }
    }
  }

  private static Tensor ones(Map<String, Shape> shapes, String name) {
    return Tensor.ones(shapes.getOrDefault(name, Shape.of()).toArray()).asDouble();
  }

  private double constant(String name) {
    return constants.getOrDefault(name, 0.0); // 0: a weight
  }

  /** A function of several layers moves at most by the sum of what each moves it. */
  private double ofNode(Node node, Map<String, Shape> shapes) {
    double sum = 0;
    for (int i = 0; i < node.inputs().size(); i++) {
      String input = node.inputs().get(i);
      if (!network.graph().constants().containsKey(input)) {
        sum += constant(input) * own(node, i, shapes);
      }
    }
    return sum;
  }

  /** The constant of a node with respect to one of its inputs. */
  private double own(Node node, int input, Map<String, Shape> shapes) {
    Operator operator = node.operator();
    Tensor one = ones(shapes, node.inputs().get(input)).leaf();
    if (operator instanceof Pooling.MaxPool pool) {
      Tensor uses = Maxima.windows(pool, one.shape()).apply(one, 0.0);
      return norm(1, largest(Gradients.of(uses.sum(), one)));
    }
    if (network.isBent(node.name())) {
      return 1;
    }
    Tensor reach = reach(node, input, one, shapes);
    return norm(largest(reach), largest(Gradients.of(reach.sum(), one)));
  }

  /** |A| applied to ones: the sums of its rows; its gradient's entries are the sums of columns. */
  private Tensor reach(Node node, int input, Tensor one, Map<String, Shape> shapes) {
    List<Interval> intervals = new ArrayList<>();
    List<Boolean> constant = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      Tensor weight = network.graph().constants().get(node.inputs().get(i));
      Tensor at = weight == null ? ones(shapes, node.inputs().get(i)).fullLike(0) : weight;
      constant.add(weight != null);
      intervals.add(i == input ? new Interval(one.neg(), one) : new Interval(at, at));
    }
    Interval moved = AffineRules.of(node.operator(), intervals, constant);
    return moved.high().sub(moved.low()).div(2);
  }

  private static double largest(Tensor values) {
    return values.reshape(1, -1).max(1).item();
  }

  private double norm(double rows, double columns) {
    return switch (norm) {
      case LINF -> rows;
      case L1 -> columns;
      case L2, L0 -> Math.sqrt(rows * columns);
    };
  }

  /**
   * The constants of linear functions of the logits, the last affine layers taken together.
   *
   * @param rows (S, classes)
   */
  double[] ofFunctions(Tensor rows) {
    Substitution.Affine affine =
        new Substitution(network, ones, Map.of(), rows.size(0), Gradients.Recording.KEEP)
            .before(network.graph().output(), rows);
    double[] sums = new double[(int) rows.size(0)];
    affine
        .coefficients()
        .forEach(
            (name, coefficients) -> {
              double before = network.isBent(name) ? constant(name) : 1;
              double[] lengths = norm.dual().of(coefficients).reshape(-1).toDoubles();
              for (int i = 0; i < sums.length; i++) {
                sums[i] += before * lengths[i];
              }
            });
    return sums;
  }
}
