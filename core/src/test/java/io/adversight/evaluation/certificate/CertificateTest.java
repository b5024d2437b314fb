package io.adversight.evaluation.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.SmallNetworks;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Pooling;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateTest {
  private static final List<Operator> BENT =
      List.of(
          new Activation.Relu(),
          new Activation.Clip(-0.5, 0.7),
          new Activation.Clip(0, 6),
          new Activation.LeakyRelu(0.2));

  /** Two pixels, two hidden layers, three classes. */
  private static GraphClassifier dense(Operator bent, long seed) {
    List<Node> nodes =
        List.of(
            new Node("flat", new Layout.Flatten(1), List.of("x")),
            new Node("fc1", new Linear.Gemm(1, 1, false, true), List.of("flat", "w1", "b1")),
            new Node("bent1", bent, List.of("fc1")),
            new Node("fc2", new Linear.Gemm(1, 1, false, true), List.of("bent1", "w2", "b2")),
            new Node("bent2", bent, List.of("fc2")),
            new Node("fc3", new Linear.Gemm(1, 1, false, true), List.of("bent2", "w3", "b3")));
    Map<String, Tensor> constants = new HashMap<>();
    constants.put("w1", normal(seed, 2, 8, 2));
    constants.put("b1", normal(seed + 1, 1, 8));
    constants.put("w2", normal(seed + 2, 0.6, 8, 8));
    constants.put("b2", normal(seed + 3, 0.3, 8));
    constants.put("w3", normal(seed + 4, 0.6, 3, 8));
    constants.put("b3", normal(seed + 5, 0.3, 3));
    return SmallNetworks.classifier(1, 2, 3, new Graph("x", nodes, constants, "fc3"));
  }

  /** Convolutions, batch normalization, a residual sum, and all kinds of pooling. */
  private static GraphClassifier convolutional() {
    List<Long> ones = List.of(1L, 1L);
    List<Long> twos = List.of(2L, 2L);
    List<Long> around = List.of(1L, 1L, 1L, 1L);
    Linear.Conv conv = new Linear.Conv(ones, around, ones, 1);
    List<Node> nodes =
        List.of(
            new Node("conv1", conv, List.of("x", "w1", "b1")),
            new Node("relu1", new Activation.Relu(), List.of("conv1")),
            new Node(
                "pool",
                new Pooling.MaxPool(List.of(3L, 3L), twos, around, ones, false),
                List.of("relu1")),
            new Node("conv2", conv, List.of("pool", "w2", "b2")),
            new Node(
                "norm",
                new Normalization.BatchNormalization(1e-5),
                List.of("conv2", "scale", "shift", "mean", "variance")),
            new Node("relu6", new Activation.Clip(0, 6), List.of("norm")),
            new Node("sum", new Arithmetic.Add(), List.of("relu6", "pool")),
            new Node("minus", new Arithmetic.Sub(), List.of("sum", "norm")),
            new Node("mean4", new Pooling.GlobalAveragePool(), List.of("minus")),
            new Node("max4", new Pooling.GlobalMaxPool(), List.of("minus")),
            new Node("both", new Layout.Concat(1), List.of("mean4", "max4")),
            new Node("flat", new Layout.Flatten(1), List.of("both")),
            new Node("fc", new Linear.Gemm(1, 1, false, true), List.of("flat", "w3", "b3")));
    Map<String, Tensor> constants = new HashMap<>();
    constants.put("w1", normal(1, 0.5, 3, 1, 3, 3));
    constants.put("b1", normal(2, 0.1, 3));
    constants.put("w2", normal(3, 0.3, 3, 3, 3, 3));
    constants.put("b2", normal(4, 0.1, 3));
    constants.put("scale", Tensor.of(new double[] {1.5, -0.7, 0.9}, 3).asFloat());
    constants.put("shift", normal(5, 0.2, 3));
    constants.put("mean", normal(6, 0.2, 3));
    constants.put("variance", Tensor.of(new double[] {0.8, 0.5, 1.2}, 3).asFloat());
    constants.put("w3", normal(7, 0.7, 4, 6));
    constants.put("b3", normal(8, 0.1, 4));
    return SmallNetworks.classifier(8, 8, 4, new Graph("x", nodes, constants, "fc"));
  }

  private static Tensor normal(long seed, double deviation, long... sizes) {
    int count = 1;
    for (long size : sizes) {
      count *= (int) size;
    }
    return Tensor.of(new Rng(seed).normal(count), sizes).mul(deviation);
  }

  static Stream<Arguments> denseCases() {
    List<Arguments> cases = new ArrayList<>();
    for (Operator bent : BENT) {
      for (Norm norm : List.of(Norm.LINF, Norm.L2, Norm.L1)) {
        for (double epsilon : new double[] {0.02, 0.15, 0.8}) {
          cases.add(Arguments.of(bent, norm, epsilon));
        }
      }
    }
    return cases.stream();
  }

  /** The smallest margins over a fine grid of the region, an upper bound of the true minima. */
  private static double[] searched(GraphClassifier network, double[] center, int label, Ball ball) {
    int steps = 60;
    List<Double> points = new ArrayList<>();
    for (int i = 0; i <= steps; i++) {
      for (int j = 0; j <= steps; j++) {
        double a = Math.min(1, Math.max(0, center[0] + ball.epsilon() * (2.0 * i / steps - 1)));
        double b = Math.min(1, Math.max(0, center[1] + ball.epsilon() * (2.0 * j / steps - 1)));
        double da = Math.abs(a - center[0]);
        double db = Math.abs(b - center[1]);
        double size =
            switch (ball.norm()) {
              case LINF -> Math.max(da, db);
              case L2 -> Math.hypot(da, db);
              case L1, L0 -> da + db;
            };
        if (size <= ball.epsilon()) {
          points.add(a);
          points.add(b);
        }
      }
    }
    double[] flat = points.stream().mapToDouble(Double::doubleValue).toArray();
    double[] logits =
        network.logits(Tensor.of(flat, flat.length / 2, 1, 1, 2).asFloat()).toDoubles();
    return smallest(logits, 3, label);
  }

  private static double[] smallest(double[] logits, int classes, int label) {
    double[] least = new double[classes - 1];
    java.util.Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (int from = 0; from < logits.length; from += classes) {
      for (int other = 0, i = 0; other < classes; other++) {
        if (other != label) {
          least[i] = Math.min(least[i], logits[from + label] - logits[from + other]);
          i++;
        }
      }
    }
    return least;
  }

  @ParameterizedTest
  @MethodSource("denseCases")
  void boundsLieBelowWhatExhaustiveSearchFinds(Operator bent, Norm norm, double epsilon) {
    try (Scope scope = Scope.open()) {
      for (long seed = 0; seed < 3; seed++) {
        GraphClassifier network = dense(bent, 100 * seed);
        double[] center = {0.3 + 0.2 * seed, 0.6};
        Tensor pixels = Tensor.of(center, 1, 1, 1, 2).asFloat();
        int label = network.predict(pixels).get(0).top(1).get(0);
        Ball ball = new Ball(norm, epsilon);
        double[] searched = searched(network, center, label, ball);
        List<Double> interval =
            new Certificate(Method.INTERVAL).margins(network, pixels, label, ball);
        List<Double> ibp = new Certificate(Method.CROWN_IBP).margins(network, pixels, label, ball);
        List<Double> crown = new Certificate(Method.CROWN).margins(network, pixels, label, ball);
        List<Double> alpha =
            new Certificate(Method.ALPHA_CROWN).margins(network, pixels, label, ball);
        for (int i = 0; i < searched.length; i++) {
          assertThat(interval.get(i)).isLessThanOrEqualTo(ibp.get(i));
          assertThat(ibp.get(i)).isLessThanOrEqualTo(searched[i] + 1e-5);
          assertThat(interval.get(i)).isLessThanOrEqualTo(crown.get(i));
          assertThat(crown.get(i)).isLessThanOrEqualTo(alpha.get(i));
          assertThat(alpha.get(i)).isLessThanOrEqualTo(searched[i] + 1e-5);
        }
        if (epsilon == 0.02) {
          // In a small ball few rectifiers are undecided: the bounds are nearly exact.
          for (int i = 0; i < searched.length; i++) {
            assertThat(alpha.get(i)).isCloseTo(searched[i], within(0.05));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void everyAffineLayerAndPoolingIsBounded(Method method) {
    try (Scope scope = Scope.open()) {
      GraphClassifier network = convolutional();
      Tensor pixels = Tensor.of(new Rng(9).uniform(64, 0.1, 0.9), 1, 1, 8, 8);
      int label = network.predict(pixels).get(0).top(1).get(0);
      Certificate certificate = new Certificate(method);
      List<Double> exact = certificate.margins(network, pixels, label, new Ball(Norm.LINF, 0));
      double[] margins = smallest(network.logits(pixels).toDoubles(), 4, label);
      for (int i = 0; i < margins.length; i++) {
        assertThat(exact.get(i)).isCloseTo(margins[i], within(1e-5));
      }
      for (Norm norm : List.of(Norm.LINF, Norm.L2)) {
        Ball ball = new Ball(norm, norm == Norm.LINF ? 0.03 : 0.2);
        List<Double> bounds = certificate.margins(network, pixels, label, ball);
        Run run = Run.of(500);
        Tensor drawn = ball.random(pixels.repeat(500, 1, 1, 1), run, 0).clamp(0, 1);
        // Corners of the ball are where margins are smallest.
        Tensor corners =
            norm == Norm.LINF
                ? pixels.add(drawn.sub(pixels).sign().mul(ball.epsilon())).clamp(0, 1)
                : drawn;
        for (Tensor points : List.of(drawn, corners)) {
          double[] found = smallest(network.logits(points).toDoubles(), 4, label);
          for (int i = 0; i < found.length; i++) {
            assertThat(bounds.get(i)).isLessThanOrEqualTo(found[i] + 1e-5);
          }
        }
      }
    }
  }

  @Test
  void networksWithOtherLayersAreRefused() {
    Tensor pixels = SmallNetworks.smoothInputs().rows(0);
    assertThatThrownBy(
            () ->
                new Certificate(Method.CROWN)
                    .margins(SmallNetworks.smooth(), pixels, 0, new Ball(Norm.LINF, 0.1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("\"tanh1\" is a Tanh");
  }
}
