package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void oneCycleRisesToItsPeakAndFalls() {
    Schedule schedule = new Schedule.OneCycle(0.5, 0.2);
    assertThat(schedule.rate(0)).isCloseTo(0.02, within(1e-12));
    assertThat(schedule.rate(0.1)).isCloseTo(0.26, within(1e-12));
    assertThat(schedule.rate(0.2)).isCloseTo(0.5, within(1e-12));
    assertThat(schedule.rate(0.6)).isCloseTo((0.5 + 5e-5) / 2, within(1e-12));
    assertThat(schedule.rate(1)).isCloseTo(5e-5, within(1e-12));
  }

  @Test
  void cosineFallsToZero() {
    Schedule schedule = new Schedule.Cosine(0.1);
    assertThat(schedule.rate(0)).isCloseTo(0.1, within(1e-12));
    assertThat(schedule.rate(1 / 3.0)).isCloseTo(0.075, within(1e-12));
    assertThat(schedule.rate(1)).isCloseTo(0, within(1e-12));
  }

  @Test
  void exponentialMultipliesByTheSameFactor() {
    Schedule schedule = new Schedule.Exponential(0.04, 0.01);
    assertThat(schedule.rate(0)).isCloseTo(0.04, within(1e-12));
    assertThat(schedule.rate(0.5)).isCloseTo(0.004, within(1e-12));
    assertThat(schedule.rate(1)).isCloseTo(0.0004, within(1e-12));
  }
}
