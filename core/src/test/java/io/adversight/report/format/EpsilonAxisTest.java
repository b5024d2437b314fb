package io.adversight.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attack.problem.Norm;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpsilonAxisTest {
  @Test
  void countsGreyLevelsWhereAllBallsAreWholeOnes() {
    EpsilonAxis levels = EpsilonAxis.of(Norm.LINF, List.of(0.0, 8 / 255.0));
    assertThat(levels.title()).contains("1/255");
    assertThat(levels.place(8 / 255.0)).isEqualTo(8);
    EpsilonAxis plain = EpsilonAxis.of(Norm.LINF, List.of(0.1, 0.3));
    assertThat(plain.place(0.3)).isEqualTo(0.3);
    EpsilonAxis euclidean = EpsilonAxis.of(Norm.L2, List.of(1.0, 2.0));
    assertThat(euclidean.title()).isEqualTo("epsilon (L2)");
    assertThat(euclidean.place(2)).isEqualTo(2);
  }
}
