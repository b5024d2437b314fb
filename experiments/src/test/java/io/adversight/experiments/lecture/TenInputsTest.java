package io.adversight.experiments.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TenInputsTest {
  @Test
  void scoresAreThoseOnTheSlide() {
    double before = -2 + 1 + 3 + 2 + 2 - 2 + 1 - 4 - 5 + 1;
    double after = -1.5 + 1.5 + 3.5 + 2.5 + 2.5 - 1.5 + 1.5 - 3.5 - 4.5 + 1.5;
    assertThat(TenInputs.scores()).containsExactly(before, after);
  }
}
