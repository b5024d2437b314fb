package io.adversight.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfTest {
  @ParameterizedTest
  @CsvSource({
    "3c00, 1",
    "c000, -2",
    "7bff, 65504",
    "0400, 6.103515625e-5",
    "0001, 5.9604645e-8",
    "3555, 0.333251953125",
    "8000, -0.0",
    "7c00, Infinity",
    "fc00, -Infinity"
  })
  void readsTheStandardsExamples(String hex, float value) {
    assertThat(Half.toFloat((short) Integer.parseInt(hex, 16))).isEqualTo(value);
  }

  @Test
  void everyNumberSurvivesTheWayThereAndBack() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = Half.toFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(Half.of(value)).isEqualTo((short) bits);
      }
    }
    assertThat(Half.toFloat(Half.of(Float.NaN))).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "65519, 7bff", "65520, 7c00", "1.00048828125, 3c00", "1.00146484375, 3c02",
    "1.0004885, 3c01", "2.9802322e-8, 0000", "2.98023261e-8, 0001", "0.33333334, 3555",
    "6.1005353e-5, 0400", "1e-45, 0000", "1e38, 7c00"
  })
  void roundsToTheNearestWithTiesToEven(float value, String hex) {
    assertThat(Half.of(value)).isEqualTo((short) Integer.parseInt(hex, 16));
  }
}
