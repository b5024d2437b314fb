package io.adversight.evaluation.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.SmallNetworks;
import io.adversight.attack.problem.Norm;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CleverTest {
  private static final double[][] WEIGHTS = SmallNetworks.weights(4, 3, 8);

  @ParameterizedTest
  @EnumSource(names = {"LINF", "L2", "L1"})
  void onALinearNetworkItIsTheDistanceToTheNearestBoundary(Norm norm) {
    Classifier network = SmallNetworks.randomLinear(4, 3, 8);
    float[] pixels = new Rng(5).uniform(16, 0.45, 0.55);
    double[] z = new double[3];
    for (int k = 0; k < 3; k++) {
      for (int i = 0; i < 16; i++) {
        z[k] += WEIGHTS[k][i] * pixels[i];
      }
    }
    int own = z[0] > z[1] ? (z[0] > z[2] ? 0 : 2) : (z[1] > z[2] ? 1 : 2);
    double nearest = Double.POSITIVE_INFINITY;
    for (int k = 0; k < 3; k++) {
      if (k != own) {
        nearest = Math.min(nearest, (z[own] - z[k]) / dual(norm, WEIGHTS[own], WEIGHTS[k]));
      }
    }
    try (Scope scope = Scope.open()) {
      DistanceBound.Estimate estimate =
          new Clever(norm, 5, 3, 8, 2).estimate(network, Tensor.of(pixels, 1, 1, 4, 4), Run.of(1));
      assertThat(estimate.score()).isCloseTo(nearest, within(1e-5));
    }
  }

  private static double dual(Norm norm, double[] a, double[] b) {
    double l1 = 0;
    double square = 0;
    double linf = 0;
    for (int i = 0; i < a.length; i++) {
      double d = Math.abs(a[i] - b[i]);
      l1 += d;
      square += d * d;
      linf = Math.max(linf, d);
    }
    return norm == Norm.LINF ? l1 : norm == Norm.L2 ? Math.sqrt(square) : linf;
  }

  @Test
  void isNotLargerThanTheRadius() {
    Classifier network = SmallNetworks.randomLinear(4, 3, 8);
    try (Scope scope = Scope.open()) {
      DistanceBound.Estimate estimate =
          new Clever(Norm.L2, 1e-4, 2, 4, 1)
              .estimate(network, Tensor.of(new Rng(5).uniform(16, 0, 1), 1, 1, 4, 4), Run.of(1));
      assertThat(estimate.score()).isEqualTo(1e-4);
    }
  }

  @Test
  void theLipschitzConstantIsAtLeastEveryGradientOnAPiecewiseLinearNetwork() {
    try (Scope scope = Scope.open()) {
      Run run = Run.of(1);
      DistanceBound.Estimate estimate =
          new Clever(Norm.L2, 0.5, 20, 16, 1)
              .estimate(SmallNetworks.f8(), SmallNetworks.f8Input(), run);
      // DeepFool's perturbation, 0.113, is an upper bound of the distance (case T15).
      assertThat(estimate.score()).isBetween(0.02, 0.1132);
      assertThat(estimate.margin()).isCloseTo(0.59503125, within(1e-5)); // case T19
      assertThat(run.counter(0).backwards()).isEqualTo(20);
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 0.7, 4", "10, 2, 2.5", "-1, 1, 6"})
  void theFitFindsTheDistributionThatNumbersWereDrawnFrom(
      double location, double scale, double shape) {
    SplittableRandom random = new SplittableRandom(17);
    double[] maxima = new double[4000];
    for (int i = 0; i < maxima.length; i++) {
      double u = 1 - random.nextDouble();
      maxima[i] = location - scale * Math.pow(-Math.log(u), 1 / shape);
    }
    ReverseWeibull fit = ReverseWeibull.fit(maxima);
    assertThat(fit.location()).isCloseTo(location, within(0.15 * scale));
    assertThat(fit.shape()).isCloseTo(shape, within(0.2 * shape));
    assertThat(fit.location()).isGreaterThan(Arrays.stream(maxima).max().orElseThrow());
  }

  @Test
  void equalMaximaAreTheirOwnEndPoint() {
    assertThat(ReverseWeibull.fit(2.5, 2.5, 2.5).location()).isEqualTo(2.5);
    assertThatThrownBy(() -> ReverseWeibull.fit(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two maxima");
  }
}
