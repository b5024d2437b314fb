package io.adversight.attack.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KeepPenaltyTest {
  @Test
  void theWeightGrowsOnlyWhileTheLabelIsLost() {
    KeepPenalty penalty = new KeepPenalty(0.1, 0.001, 0.6, 3);
    assertThat(penalty.next(0, 0.1, 5)).isZero();
    assertThat(penalty.next(1, 2.6, 0.5)).isCloseTo(1 + 0.1 * (0.0026 - 0.5 + 2), within(1e-12));
    assertThat(penalty.next(1, 0.2, 0.5)).isCloseTo(1 + 0.1 * (0.0002 - 0.5), within(1e-12));
    assertThat(penalty.next(2.95, 40, 0)).isEqualTo(3);
    assertThat(KeepPenalty.NONE.next(0, 40, 0)).isZero();
  }
}
