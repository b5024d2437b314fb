package io.adversight.describe;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CheckTest {
  @Test
  void acceptsTheEndsOfARange() {
    assertThatCode(
            () -> {
              Check.atLeast(1, 1, "steps");
              Check.atLeast(0.5, 0.5, "sigma");
              Check.within(0, 1, 0, "q");
              Check.within(0.0, 1.0, 1.0, "q");
              Check.positive(Double.MIN_VALUE, "scale");
              Check.finite(-Double.MAX_VALUE, "x");
            })
        .doesNotThrowAnyException();
  }

  @Test
  void saysWhatIsAllowedAndWhatCame() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Check.atLeast(1, 0, "steps"))
        .withMessage("steps must be at least 1, but was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Check.within(0, 1, 1.5, "epsilon"))
        .withMessage("epsilon must be between 0 and 1, but was 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Check.positive(0, "sigma"))
        .withMessage("sigma must be positive, but was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Check.finite(Double.NEGATIVE_INFINITY, "score"))
        .withMessage("score must be finite, but was -Infinity");
  }

  @Test
  void neverAcceptsNaN() {
    assertThatIllegalArgumentException().isThrownBy(() -> Check.atLeast(0, Double.NaN, "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> Check.positive(Double.NaN, "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> Check.within(0, 1, Double.NaN, "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> Check.finite(Double.NaN, "x"));
  }
}
