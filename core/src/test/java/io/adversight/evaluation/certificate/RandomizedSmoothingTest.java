package io.adversight.evaluation.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.data.DrawnDigits;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.metric.numeric.NormalDistribution;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomizedSmoothingTest {
  @TempDir Path home;

  /** Values of {@code scipy.stats.beta.ppf(alpha, k, n - k + 1)} (SciPy 1.17.1). */
  @ParameterizedTest
  @CsvSource({
    "10, 20, 0.025, 0.271957849560792",
    "990, 1000, 0.001, 0.976036187155311",
    "99, 100, 0.001, 0.911373111296042",
    "600, 1000, 0.001, 0.551075473937052",
    "97500, 100000, 0.001, 0.973437209716112",
    "1, 10, 0.05, 0.0051161968918237"
  })
  void theLowerBoundIsThatOfClopperAndPearson(long k, long n, double alpha, double expected) {
    assertThat(new Proportion(k, n).lowerBound(alpha)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void theLowerBoundHasClosedFormsAtTheEnds() {
    assertThat(new Proportion(0, 50).lowerBound(0.001)).isZero();
    // p^n = alpha; with n = 100,000 and alpha = 0.001 the radius is 3.81 sigma (Cohen et al. 2019).
    double all = new Proportion(100_000, 100_000).lowerBound(0.001);
    assertThat(all).isCloseTo(Math.pow(0.001, 1e-5), within(1e-12));
    assertThat(NormalDistribution.quantile(all)).isCloseTo(3.81, within(0.005));
    assertThatThrownBy(() -> new Proportion(1, 2).lowerBound(0.7)).hasMessageContaining("alpha");
  }

  private GraphClassifier digits() {
    Models models = new Models(new DataHome(home, List.of()));
    return ModelReader.open(models.locate("digits", ByteProgress.NONE), Device.CPU);
  }

  @Test
  void certifiesWhatNoiseLeavesAndAbstainsWhereNothingIsLeft() {
    try (Scope scope = Scope.open()) {
      GraphClassifier network = digits();
      Tensor three = Batches.of(List.of(DrawnDigits.draw(3, 0)));
      Run run = Run.of(new Rng(1), three);
      RandomizedSmoothing.Result mild =
          new RandomizedSmoothing(0.1, 20, 200, 0.001).certify(network, three, 50, run);
      assertThat(mild.candidate()).isEqualTo(3);
      assertThat(mild.votes()).isEqualTo(new Proportion(200, 200));
      double bound = Math.pow(0.001, 1 / 200.0);
      assertThat(mild.probability()).isCloseTo(bound, within(1e-12));
      assertThat(mild.radius()).isCloseTo(0.1 * NormalDistribution.quantile(bound), within(1e-12));
      assertThat(mild.holds(3, mild.radius())).isTrue();
      assertThat(mild.holds(3, mild.radius() + 1e-9)).isFalse();
      assertThat(mild.holds(4, 0)).isFalse();
      // Seven votes cannot show a majority at this confidence.
      RandomizedSmoothing.Result few =
          new RandomizedSmoothing(0.1, 20, 7, 0.001).certify(network, three, 50, run);
      assertThat(few.abstains()).isTrue();
      assertThat(few.radius()).isZero();
      assertThat(few.holds(3, 0)).isFalse();
    }
  }

  @Test
  void theResultDoesNotDependOnTheBatch() {
    try (Scope scope = Scope.open()) {
      Tensor one = Batches.of(List.of(DrawnDigits.draw(1, 0)));
      Run run = Run.of(new Rng(1), one);
      RandomizedSmoothing smoothing = new RandomizedSmoothing(0.5, 10, 200, 0.01);
      RandomizedSmoothing.Result whole = smoothing.certify(digits(), one, 200, run);
      RandomizedSmoothing.Result other = smoothing.certify(digits(), one, 7, run);
      assertThat(other).isEqualTo(whole);
      assertThat(whole.votes().successes()).isLessThan(200);
    }
  }
}
