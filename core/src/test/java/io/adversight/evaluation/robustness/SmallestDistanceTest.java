package io.adversight.evaluation.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.SmallNetworks;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.problem.Norm;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SmallestDistanceTest {
  private static final Classifier BRIGHTER =
      SmallNetworks.linear(1, 2, new double[][] {{1, 0}, {0, 1}}, 0, 0);

  @Test
  void bothSidesMeetAtTheBoundaryOfALinearNetwork() {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Tensor.of(new float[] {0.7f, 0.5f}, 1, 1, 1, 2);
      SmallestDistance found =
          SmallestDistance.of(
              List.of(new Clever(Norm.LINF, 0.3, 4, 4, 1)),
              new Fgsm(),
              BRIGHTER,
              pixels,
              Run.of(1));
      assertThat(found.predicted()).isZero();
      // The margin 0.2 over the L1 norm 2 of its gradient.
      assertThat(found.bounds().get(0).score()).isCloseTo(0.1, within(1e-6));
      assertThat(found.attack().orElseThrow()).isCloseTo(0.1, within(1e-3));
      assertThat(found.isConsistent()).isTrue();
    }
  }

  @Test
  void anEstimateAboveWhatWasFoundIsNotALowerBound() {
    DistanceBound.Estimate estimate = new DistanceBound.Estimate(0.5, 1, 1, 2);
    List<DistanceBound.Estimate> bounds = List.of(estimate);
    assertThat(new SmallestDistance(0, bounds, OptionalDouble.of(0.4)).isConsistent()).isFalse();
    assertThat(new SmallestDistance(0, bounds, OptionalDouble.empty()).isConsistent()).isTrue();
  }
}
