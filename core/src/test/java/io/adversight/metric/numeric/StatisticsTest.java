package io.adversight.metric.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void normalQuantilesAgreeWithTables() {
    assertThat(NormalDistribution.quantile(0.975)).isCloseTo(1.959963984540054, within(1e-12));
    assertThat(NormalDistribution.quantile(0.5)).isCloseTo(0, within(1e-12));
    assertThat(NormalDistribution.quantile(0.0005)).isCloseTo(-3.290526731491926, within(1e-10));
    assertThat(NormalDistribution.cumulative(-1)).isCloseTo(0.15865525393145707, within(1e-15));
  }

  @Test
  void wilsonIntervalSolvesItsEquation() {
    Interval interval = new Proportion(15, 40).wilson(0.9);
    double z = NormalDistribution.quantile(0.95);
    for (double p : new double[] {interval.low(), interval.high()}) {
      assertThat(Math.abs(0.375 - p)).isCloseTo(z * Math.sqrt(p * (1 - p) / 40), within(1e-12));
    }
    assertThat(interval.contains(0.375)).isTrue();
  }

  @Test
  void wilsonIntervalAgreesWithNewcombesTable() {
    Interval some = new Proportion(81, 263).wilson();
    assertThat(some.low()).isCloseTo(0.2553, within(5e-5));
    assertThat(some.high()).isCloseTo(0.3662, within(5e-5));
    Interval none = new Proportion(0, 20).wilson();
    assertThat(none.low()).isZero();
    assertThat(none.high()).isCloseTo(0.1611, within(5e-5));
    assertThat(new Proportion(0, 0).wilson()).isEqualTo(new Interval(0, 1));
    assertThat(new Proportion(7, 7).wilson().high()).isEqualTo(1);
  }

  @Test
  void refusesMoreSuccessesThanTrials() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Proportion(3, 2))
        .withMessage("successes must be between 0 and 2, but was 3");
  }

  @Test
  void trapezoidsGiveTheRecordedDeletionAndInsertionAreas() {
    double[] deletion = {
      0.4662125308,
      0.2964226306,
      0.2620231971,
      0.1606398384,
      0.182398764,
      0.2022492521,
      0.1125940922,
      0.1499365677,
      0.2331764303
    };
    double[] insertion = {
      0.2331764303,
      0.3435080796,
      0.2340318794,
      0.2610654998,
      0.3605696611,
      0.254311755,
      0.4107914966,
      0.5137139245,
      0.4662125308
    };
    assertThat(Trapezoid.area(deletion)).isCloseTo(0.2144948528, within(1e-9));
    assertThat(Trapezoid.area(insertion)).isCloseTo(0.3409608471, within(1e-9));
    assertThat(Trapezoid.area(new double[] {0, 1, 4}, new double[] {2, 4, 0})).isEqualTo(9);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trapezoid.area(new double[] {1, 0}, new double[2]))
        .withMessageContaining("must ascend");
  }

  @Test
  void rocAreaIsTheShareOfPairsInOrderWithTiesCountedHalf() {
    Random random = new Random(5);
    double[] positives = random.doubles(40).map(v -> Math.floor(6 * v) + 1).toArray();
    double[] negatives = random.doubles(30).map(v -> Math.floor(6 * v)).toArray();
    double ordered = 0;
    for (double p : positives) {
      for (double n : negatives) {
        ordered += p > n ? 1 : p == n ? 0.5 : 0;
      }
    }
    RocCurve curve = RocCurve.of(positives, negatives);
    assertThat(curve.auc()).isCloseTo(ordered / 1200, within(1e-12));
    assertThat(curve.points()).hasSize(8);
  }

  @Test
  void rocHasOnePointPerDistinctScore() {
    RocCurve curve = RocCurve.of(new double[] {3, 2, 2}, new double[] {2, 1});
    assertThat(curve.points())
        .containsExactly(
            new RocCurve.Point(0, 0, Double.POSITIVE_INFINITY),
            new RocCurve.Point(0, 1.0 / 3, 3),
            new RocCurve.Point(0.5, 1, 2),
            new RocCurve.Point(1, 1, 1));
    assertThat(curve.atFalsePositiveRate(0.4)).isEqualTo(new RocCurve.Point(0, 1.0 / 3, 3));
    assertThat(curve.atFalsePositiveRate(0.5).threshold()).isEqualTo(2);
  }

  @Test
  void rocIsDrawnByItsCorners() {
    RocCurve curve = RocCurve.of(new double[] {9, 8, 7, 3}, new double[] {6, 5, 3, 2, 1});
    assertThat(curve.points()).hasSize(9);
    assertThat(curve.corners())
        .containsExactly(
            new RocCurve.Point(0, 0, Double.POSITIVE_INFINITY),
            new RocCurve.Point(0, 0.75, 7),
            new RocCurve.Point(0.4, 0.75, 5),
            new RocCurve.Point(0.6, 1, 3),
            new RocCurve.Point(1, 1, 1));
    assertThat(new RocCurve(curve.corners()).auc()).isCloseTo(curve.auc(), within(1e-12));
    assertThat(curve.drawn()).isEqualTo(curve.corners());
    Random random = new Random(3);
    RocCurve fine =
        RocCurve.of(
            random.doubles(20000, 0.2, 1).toArray(), random.doubles(20000, 0, 0.9).toArray());
    assertThat(fine.drawn()).hasSizeLessThan(1002);
    assertThat(new RocCurve(fine.drawn()).auc()).isCloseTo(fine.auc(), within(1e-3));
  }

  @Test
  void rocOfUselessScoresIsTheDiagonal() {
    assertThat(RocCurve.of(new double[] {1, 1}, new double[] {1}).auc()).isEqualTo(0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RocCurve.of(new double[0], new double[] {1}))
        .withMessageContaining("at least one score among the positives");
  }
}
