package io.adversight.study.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.corruption.CommonCorruption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorruptionAccuracyTest {
  private static CorruptionAccuracy of(CommonCorruption.Type type, int... right) {
    return new CorruptionAccuracy(type, 10, Arrays.stream(right).boxed().toList());
  }

  /**
   * Hendrycks and Dietterich (2019), section 4.2: sums over severities, then the mean of ratios.
   */
  @Test
  void theErrorIsTheMeanOfRatiosToTheReference() {
    List<CorruptionAccuracy> reference =
        List.of(
            of(CommonCorruption.Type.FOG, 10, 9, 8, 7, 6),
            of(CommonCorruption.Type.SNOW, 5, 5, 5, 5, 5),
            of(CommonCorruption.Type.JPEG, 10, 10, 10, 10, 10));
    List<CorruptionAccuracy> other =
        List.of(
            of(CommonCorruption.Type.FOG, 9, 8, 7, 6, 5),
            of(CommonCorruption.Type.SNOW, 10, 10, 10, 10, 10),
            of(CommonCorruption.Type.JPEG, 0, 0, 0, 0, 0));
    assertThat(CorruptionAccuracy.error(reference, reference)).hasValue(1);
    assertThat(CorruptionAccuracy.error(other, reference))
        .hasValueCloseTo((15.0 / 10 + 0) / 2, within(1e-12));
    assertThat(CorruptionAccuracy.mean(reference)).isCloseTo((0.8 + 0.5 + 1) / 3, within(1e-12));
  }

  @Test
  void rotationsAreNotAmongTheFifteen() {
    List<CorruptionAccuracy> all =
        List.of(
            of(CommonCorruption.Type.FOG, 5, 5, 5, 5, 5),
            of(CommonCorruption.Type.ROTATION, 0, 0, 0, 0, 0));
    assertThat(CorruptionAccuracy.mean(all)).isEqualTo(0.5);
  }
}
