package io.adversight.metric.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.adversight.metric.ReferenceMaps;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CorrelationTest {
  private static final Offset<Double> EXACT = within(1e-10);

  @Test
  void ranksShareTheAverageOfTies() { // case S5
    assertThat(Ranks.average(new double[] {0, 2, 3, 2})).containsExactly(1, 2.5, 4, 2.5);
    assertThat(Ranks.average(new double[] {0.0, -0.0, -1})).containsExactly(2.5, 2.5, 1);
  }

  @Test
  void spearmanAgreesWithScipy() { // cases S1, S2
    assertThat(
            Correlation.spearman(new double[] {1, 2, 3, 4, 5}, new double[] {5, 6, 7, 8, 7})
                .orElseThrow())
        .isCloseTo(0.8207826816681233, EXACT);
    assertThat(
            Correlation.spearman(
                    new double[] {1, 2, 2, 3, 4, 4, 4, 5}, new double[] {2, 1, 3, 3, 5, 4, 6, 6})
                .orElseThrow())
        .isCloseTo(0.9007775105401477, EXACT);
  }

  @Test
  void pearsonAgreesWithScipy() { // case S3
    assertThat(
            Correlation.pearson(new double[] {1, 2, 3, 4, 5}, new double[] {10, 9, 2.5, 6, 4})
                .orElseThrow())
        .isCloseTo(-0.7426106572325056, EXACT);
  }

  @Test
  void kendallAgreesWithScipy() { // case S4
    assertThat(
            Correlation.kendall(new double[] {12, 2, 1, 12, 2}, new double[] {1, 4, 7, 1, 0})
                .orElseThrow())
        .isCloseTo(-0.4714045207910316, EXACT);
  }

  @Test
  void agreesWithRecordedValuesOfTheReferenceMaps() { // cases S6, S7
    double[] a = ReferenceMaps.A.toArray();
    double[] b = ReferenceMaps.B.toArray();
    assertThat(Arrays.copyOf(a, 4)).containsExactly(new double[] {.11, .48, .85, .21}, EXACT);
    assertThat(Arrays.copyOf(b, 4))
        .containsExactly(new double[] {.11, .5641470985, .9409297427, .2241120008}, EXACT);
    assertThat(Correlation.spearman(a, b).orElseThrow()).isCloseTo(0.9726278128, EXACT);
    assertThat(Correlation.pearson(a, b).orElseThrow()).isCloseTo(0.9724302233, EXACT);
    assertThat(Correlation.kendall(a, b).orElseThrow()).isCloseTo(0.8508530574, EXACT);
  }

  @Test
  void kendallAgreesWithCountingEveryPair() {
    Random random = new Random(3);
    for (int round = 0; round < 20; round++) {
      double[] a = random.doubles(60).map(v -> Math.floor(v * 8)).toArray();
      double[] b = random.doubles(60).map(v -> Math.floor(v * 5)).toArray();
      double balance = 0;
      double untiedA = 0;
      double untiedB = 0;
      for (int i = 0; i < 60; i++) {
        for (int j = 0; j < i; j++) {
          balance += Math.signum(a[i] - a[j]) * Math.signum(b[i] - b[j]);
          untiedA += a[i] == a[j] ? 0 : 1;
          untiedB += b[i] == b[j] ? 0 : 1;
        }
      }
      assertThat(Correlation.kendall(a, b).orElseThrow())
          .isCloseTo(balance / Math.sqrt(untiedA * untiedB), EXACT);
    }
  }

  @Test
  void explanationShiftOfTheFormulaNetworkIsMet() { // case E3
    double[] clean = {
      0.0092256944,
      0.05028125,
      -0.0020277778,
      0.0158993056,
      0.0085069444,
      0.0514375,
      -0.0020416667,
      0.0224201389,
      0.0133541667
    };
    double[] adversarial = {
      0.0154319444,
      0.06725,
      -0.0033201389,
      0.0201034722,
      0.0064930556,
      0.0647125,
      -0.00349375,
      0.0004076389,
      -0.0044631944
    };
    assertThat(Correlation.spearman(clean, adversarial).orElseThrow())
        .isCloseTo(0.6833333333, EXACT);
    assertThat(Correlation.pearson(clean, adversarial).orElseThrow())
        .isCloseTo(0.9179934383, within(1e-8));
  }

  @Test
  void cosineIsOneAlongARayAndZeroAtARightAngle() {
    assertThat(Correlation.cosine(new double[] {1, 2}, new double[] {3, 6}).orElseThrow())
        .isCloseTo(1, EXACT);
    assertThat(Correlation.cosine(new double[] {1, 2}, new double[] {-2, 1}).orElseThrow())
        .isCloseTo(0, EXACT);
    assertThat(Correlation.cosine(new double[] {1, 0}, new double[] {1, 1}).orElseThrow())
        .isCloseTo(Math.sqrt(0.5), EXACT);
  }

  @Test
  void isNotDefinedForAConstantSide() {
    double[] constant = {0.1, 0.1, 0.1};
    double[] varied = {1, 2, 3};
    assertThat(Correlation.pearson(constant, varied)).isEmpty();
    assertThat(Correlation.spearman(varied, constant)).isEmpty();
    assertThat(Correlation.kendall(constant, constant)).isEmpty();
    assertThat(Correlation.cosine(new double[3], varied)).isEmpty();
  }

  @Test
  void tinyValuesKeepTheirCorrelation() {
    double[] tiny = {1e-200, 3e-200, 2e-200};
    assertThat(Correlation.pearson(tiny, new double[] {1, 3, 2}).orElseThrow()).isCloseTo(1, EXACT);
  }

  @Test
  void refusesArraysThatDoNotPair() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Correlation.pearson(new double[2], new double[3]))
        .withMessageContaining("the lengths are 2 and 3");
  }
}
