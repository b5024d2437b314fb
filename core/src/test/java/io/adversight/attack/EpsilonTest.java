package io.adversight.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attack.problem.Norm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpsilonTest {
  @ParameterizedTest
  @CsvSource({
    "LINF, 0.03137254901960784, 8/255",
    "LINF, 0.00392156862745098, 1/255",
    "LINF, 1, 255/255",
    "LINF, 0.1, 0.1",
    "LINF, 0.3, 0.3",
    "LINF, 0.0333333333333, 0.03333",
    "LINF, 0, 0",
    "L2, 1, 1",
    "L2, 0.5, 0.5",
    "L2, 3, 3",
    "L2, 0.03137254901960784, 0.03137",
    "L1, 12, 12",
    "L1, 255, 255",
    "L0, 150, 150",
  })
  void writesLevelsInLinfAndDecimalsElsewhere(Norm norm, double epsilon, String text) {
    assertThat(Epsilon.text(norm, epsilon)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.03137254901960784, epsilon-0.0313725",
    "0.1, epsilon-0.1",
    "255, epsilon-255",
    "1e-5, epsilon-0.00001"
  })
  void namesFilesWithoutASlashOrAnExponent(double epsilon, String name) {
    assertThat(Epsilon.fileName(epsilon)).isEqualTo(name);
  }

  @Test
  void everyNormHasItsUsualSizes() {
    assertThat(Epsilon.usual(Norm.LINF, 32)).isEqualTo(8 / 255.0);
    assertThat(Epsilon.usual(Norm.LINF, 224)).isEqualTo(8 / 255.0);
    assertThat(Epsilon.usual(Norm.L2, 32)).isEqualTo(0.5);
    assertThat(Epsilon.usual(Norm.L2, 224)).isEqualTo(3);
    assertThat(Epsilon.usual(Norm.L1, 32)).isEqualTo(12);
    assertThat(Epsilon.usual(Norm.L1, 224)).isEqualTo(255);
  }

  @Test
  void everyNormHasALargestSize() {
    assertThat(Epsilon.largest(Norm.LINF, 3, 224, 224)).isEqualTo(32 / 255.0);
    assertThat(Epsilon.largest(Norm.LINF, 1, 28, 28)).isEqualTo(0.4);
    assertThat(Epsilon.largest(Norm.L2, 3, 32, 32)).isEqualTo(3);
    assertThat(Epsilon.largest(Norm.L2, 3, 192, 224)).isEqualTo(18);
    assertThat(Epsilon.largest(Norm.L1, 3, 224, 224)).isEqualTo(1530);
    assertThat(Epsilon.largest(Norm.L0, 3, 224, 224)).isEqualTo(900);
    assertThat(Epsilon.largest(Norm.L0, 1, 28, 28)).isEqualTo(196);
  }

  @Test
  void sizesFarFromUsualGetANote() {
    assertThat(Epsilon.note(Norm.L2, 8 / 255.0, 32))
        .contains(
            "epsilon 0.03137 is unusually small for L2: 0.5 is usual for images of 32 pixels a"
                + " side");
    assertThat(Epsilon.note(Norm.L2, 40, 224).orElseThrow()).contains("40 is unusually large");
    assertThat(Epsilon.note(Norm.LINF, 0.3, 28)).isEmpty();
    assertThat(Epsilon.note(Norm.LINF, 1 / 255.0, 224)).isEmpty();
    assertThat(Epsilon.note(Norm.LINF, 0, 224)).isEmpty();
  }
}
