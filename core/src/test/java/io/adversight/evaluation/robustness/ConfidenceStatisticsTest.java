package io.adversight.evaluation.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.model.Prediction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfidenceStatisticsTest {
  private static Prediction prediction(double first, double second) {
    return new Prediction(List.of(Math.log(first), Math.log(second)), List.of(first, second));
  }

  @Test
  void summarisesTheLargestProbabilities() {
    ConfidenceStatistics statistics =
        ConfidenceStatistics.of(
            List.of(
                prediction(0.95, 0.05),
                prediction(0.4, 0.6),
                prediction(0.3, 0.7),
                prediction(0.2, 0.8)));
    assertThat(statistics.images()).isEqualTo(4);
    assertThat(statistics.mean()).isCloseTo(0.7625, within(1e-12));
    assertThat(statistics.median()).isCloseTo(0.75, within(1e-12));
    assertThat(statistics.largest()).isEqualTo(0.95);
    assertThat(statistics.aboveHalf()).isEqualTo(1);
    assertThat(statistics.aboveNine()).isEqualTo(0.25);
    assertThat(statistics.classes()).containsExactly(Map.entry(1, 3), Map.entry(0, 1));
  }

  @Test
  void needsAPrediction() {
    assertThatThrownBy(() -> ConfidenceStatistics.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
