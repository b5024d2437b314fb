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
import io.adversight.model.GraphClassifier;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
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
}
