package io.adversight.evaluation.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.Adversight;
import io.adversight.attack.SmallNetworks;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.data.DrawnDigits;
import io.adversight.evaluation.robustness.Clever;
import io.adversight.evaluation.robustness.SmallestDistance;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.model.GraphClassifier;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertifiedRadiusTest {
  private static final int SIDE = 4;
  private static final int CLASSES = 3;

  /** The distance to the nearest boundary of a linear network, |margin| / |w_c - w_j|_q. */
  private static double exact(double[][] weights, double[] x, Norm norm) {
    double[] logits = new double[CLASSES];
    int label = 0;
    for (int c = 0; c < CLASSES; c++) {
      for (int i = 0; i < x.length; i++) {
        logits[c] += weights[c][i] * x[i];
      }
      label = logits[c] > logits[label] ? c : label;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < CLASSES; c++) {
      double l1 = 0;
      double square = 0;
      double most = 0;
      for (int i = 0; i < x.length; i++) {
        double difference = Math.abs(weights[label][i] - weights[c][i]);
        l1 += difference;
        square += difference * difference;
        most = Math.max(most, difference);
      }
      double dual = norm == Norm.LINF ? l1 : norm == Norm.L2 ? Math.sqrt(square) : most;
      least = c == label ? least : Math.min(least, (logits[label] - logits[c]) / dual);
    }
    return least;
  }

  @ParameterizedTest
  @EnumSource(
      value = Norm.class,
      names = {"LINF", "L2", "L1"})
  void allBoundsAreTheDistanceOfALinearNetwork(Norm norm) {
    for (long seed = 1; seed <= 4; seed++) {
      try (Scope scope = Scope.open()) {
        double[][] weights = SmallNetworks.weights(SIDE, CLASSES, seed);
        GraphClassifier network = SmallNetworks.linear(SIDE, SIDE, weights, new double[CLASSES]);
        // Inner pixels, so that the distance is not cut off by the range of pixels.
        double[] x = new double[SIDE * SIDE];
        float[] noise = new Rng(seed).normal(x.length);
        for (int i = 0; i < x.length; i++) {
          x[i] = 0.5 + 0.01 * noise[i];
        }
        Tensor pixels = Tensor.of(x, 1, 1, SIDE, SIDE).asFloat();
        double exact = exact(weights, x, norm);
        if (exact > 0.4) {
          continue;
        }
        for (Method method : Method.values()) {
          assertThat(
                  new CertifiedRadius(norm, method, 1, 20)
                      .estimate(network, pixels, Run.of(1))
                      .score())
              .as("%s, seed %s", method, seed)
              .isLessThanOrEqualTo(exact + 1e-5)
              .isCloseTo(exact, within(2e-5));
        }
        assertThat(new LipschitzProduct(norm).estimate(network, pixels, Run.of(1)).score())
            .isCloseTo(exact, within(1e-5));
        assertThat(new Clever(norm, 5, 2, 4, 2).estimate(network, pixels, Run.of(1)).score())
            .isCloseTo(exact, within(1e-4));
      }
    }
  }

  @Test
  void liesBelowWhatAnAttackFindsOnDigits() {
    try (Scope scope = Scope.open()) {
      GraphClassifier digits = (GraphClassifier) Adversight.open("digits").classifier();
      for (int i = 0; i < 2; i++) {
        Tensor pixels = Tensor.of(DrawnDigits.draw(i, 3, 28).toArray(), 1, 1, 28, 28);
        SmallestDistance interval =
            SmallestDistance.of(
                List.of(new CertifiedRadius(Norm.LINF, Method.INTERVAL, 1, 4)),
                new Pgd(),
                digits,
                pixels,
                Run.of(1));
        double radius = interval.bounds().get(0).score();
        assertThat(radius).isPositive();
        assertThat(interval.attack()).isPresent();
        assertThat(radius).isLessThan(interval.attack().getAsDouble());
        Ball ball = new Ball(Norm.LINF, radius);
        List<Double> crown = new Certificate(Method.CROWN).margins(digits, pixels, i, ball);
        List<Double> intervals = new Certificate(Method.INTERVAL).margins(digits, pixels, i, ball);
        double[] logits = digits.logits(pixels).toDoubles();
        for (int k = 0, other = 0; k < crown.size(); k++, other++) {
          other += other == i ? 1 : 0;
          assertThat(crown.get(k))
              .isGreaterThan(intervals.get(k))
              .isLessThan(logits[i] - logits[other]);
        }
      }
    }
  }

  /** A layer of rectifiers and {@code classes} logits, of which the first ones are the largest. */
  private static GraphClassifier manyClasses(int classes) {
    List<Node> nodes =
        List.of(
            new Node("flat", new Layout.Flatten(1), List.of("x")),
            new Node("fc1", new Linear.Gemm(1, 1, false, true), List.of("flat", "w1", "b1")),
            new Node("relu", new Activation.Relu(), List.of("fc1")),
            new Node("fc2", new Linear.Gemm(1, 1, false, true), List.of("relu", "w2", "b2")));
    double[] bias = new double[classes];
    for (int c = 0; c < classes; c++) {
      bias[c] = -4 * Math.sqrt((double) c / classes);
    }
    Map<String, Tensor> constants =
        Map.of(
            "w1", normal(1, 0.5, 12, SIDE * SIDE),
            "b1", normal(2, 0.2, 12),
            "w2", normal(3, 0.3, classes, 12),
            "b2", Tensor.of(bias, classes).asFloat());
    return SmallNetworks.classifier(SIDE, SIDE, classes, new Graph("x", nodes, constants, "fc2"));
  }

  private static Tensor normal(long seed, double deviation, long... sizes) {
    int count = (int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    return Tensor.of(new Rng(seed).normal(count), sizes).mul(deviation);
  }

  private static Tensor image() {
    return Tensor.of(new Rng(5).uniform(SIDE * SIDE, 0.2, 0.8), 1, 1, SIDE, SIDE);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void theRadiusIsTheOneAtWhichTheFirstOfAllMarginsFails(Method method) {
    try (Scope scope = Scope.open()) {
      GraphClassifier network = manyClasses(50);
      Tensor pixels = image();
      int label = network.predict(pixels).get(0).top();
      double radius =
          new CertifiedRadius(Norm.LINF, method, 1, 8).estimate(network, pixels, Run.of(1)).score();
      assertThat(radius).isPositive();
      Certificate certificate = new Certificate(method);
      Ball inside = new Ball(Norm.LINF, radius);
      Ball outside = new Ball(Norm.LINF, radius * 1.01);
      assertThat(certificate.margins(network, pixels, label, inside)).allMatch(each -> each > 0);
      assertThat(certificate.margins(network, pixels, label, outside)).anyMatch(each -> each <= 0);
    }
  }

  @Test
  void aMarginThatFailsEndsTheWorkOnAThousandClasses() {
    try (Scope scope = Scope.open()) {
      GraphClassifier network = manyClasses(1000);
      Tensor pixels = image();
      List<Integer> order = network.predict(pixels).get(0).top(1000);
      Tensor rows = Certificate.rows(1000, order.get(0), order.subList(1, 1000));
      WorkBudget budget = new WorkBudget(1e12);
      NetworkBounds bounds =
          NetworkBounds.of(
              new PiecewiseAffine(network),
              new Region(pixels.asDouble(), new Ball(Norm.LINF, 0.2)),
              Method.CROWN_IBP,
              budget);
      double before = budget.left();
      Decision decision = bounds.decide(rows, Method.CROWN_IBP);
      assertThat(decision).isInstanceOf(Decision.Failed.class);
      double[] margins = bounds.least(rows, Method.CROWN_IBP);
      assertThat(margins[((Decision.Failed) decision).row()]).isNotPositive();
      assertThat(Arrays.stream(margins).filter(each -> each <= 0).count()).isGreaterThan(50);
      // 12 x 16 and 1000 x 12 multiplications in a pass, 16 rows, 3 passes for each
      assertThat(before - budget.left()).isLessThan(20.0 * 3 * (12 * 16 + 1000 * 12 + 2000));
    }
  }

  @Test
  void aSmallBudgetGivesASmallerRadiusThatStillHolds() {
    try (Scope scope = Scope.open()) {
      GraphClassifier network = manyClasses(200);
      Tensor pixels = image();
      for (Method method : List.of(Method.CROWN_IBP, Method.CROWN, Method.ALPHA_CROWN)) {
        CertifiedRadius radius = new CertifiedRadius(Norm.LINF, method, 1, 6);
        double whole = radius.estimate(network, pixels, Run.of(1)).score();
        double hurried = radius.estimate(network, pixels, Run.of(1), new WorkBudget(1e5)).score();
        double intervals =
            new CertifiedRadius(Norm.LINF, Method.INTERVAL, 1, 6)
                .estimate(network, pixels, Run.of(1))
                .score();
        assertThat(hurried).isPositive().isLessThan(whole);
        assertThat(hurried).isCloseTo(intervals, within(intervals / 2));
      }
    }
  }
}
