package io.adversight.experiments.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DigitsTest {
  /** Changes of 0.3 and 0.4 in four pixels: the root of 0.25 / 4. */
  @Test
  void measuresAndScalesDistortionsAsSzegedy() {
    try (Scope scope = Scope.open()) {
      float[] values = {0.3f, 0, 0, -0.4f, 0, 0, 0, 0};
      Tensor change = Tensor.of(values, 2, 1, 2, 2);
      assertThat(Digits.distortions(change).get(0)).isCloseTo(0.25, within(1e-6));
      Tensor scaled = Digits.scaled(change, 0.1);
      assertThat(Digits.distortions(scaled).get(0)).isCloseTo(0.1, within(1e-6));
      assertThat(scaled.toFloats()[0]).isCloseTo(0.12f, within(1e-6f));
      assertThat(Digits.distortions(scaled).get(1)).isZero();
    }
  }
}
