package io.adversight.metric.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.adversight.image.Raster;
import io.adversight.metric.difference.Difference;
import io.adversight.metric.difference.LogRatioDifference;
import io.adversight.metric.difference.PositiveDifference;
import io.adversight.metric.numeric.Ranks;
import io.adversight.metric.similarity.TopKIntersection;
import org.junit.jupiter.api.Test;

class MapStatisticTest {
  private static final double[] FOUR = {.3, .1, .4, .2};
  private static final Raster ZEROS = Raster.generate(1, 4, 5, (c, y, x) -> 0);
  private static final Raster FLAT = Raster.generate(1, 4, 5, (c, y, x) -> 0.7);
  private static final Raster SPOT =
      Raster.generate(1, 4, 5, (c, y, x) -> y == 1 && x == 2 ? 2 : 0);

  @Test
  void giniAgreesWithQuantusWhenItsOffsetIsAdded() { // case S18
    assertThat(new Gini().of(FOUR)).isCloseTo(0.25, within(1e-15));
    assertThat(new Gini(1e-7).of(FOUR)).isCloseTo(0.2499999, within(1e-12));
  }

  @Test
  void entropyAgreesWithQuantus() { // case S18
    assertThat(Entropy.of(FOUR)).isCloseTo(1.2798542258, within(1e-10));
  }

  @Test
  void spotsFlatMapsAndEmptyMapsHaveTheExtremes() {
    assertThat(new Gini().of(SPOT)).isCloseTo(19.0 / 20, within(1e-12));
    assertThat(new Gini().of(FLAT)).isCloseTo(0, within(1e-12));
    assertThat(new Gini().of(ZEROS)).isZero();
    assertThat(new Entropy().of(SPOT)).isZero();
    assertThat(new Entropy().of(FLAT)).isCloseTo(Math.log(20), within(1e-12));
    assertThat(new Entropy().of(ZEROS)).isEqualTo(Math.log(20));
    assertThat(new EnergyConcentration().of(SPOT)).isEqualTo(1);
    assertThat(new EnergyConcentration().of(FLAT)).isCloseTo(0.1, within(1e-12));
    assertThat(new EnergyConcentration().of(ZEROS)).isZero();
    assertThat(new AreaAbove().of(SPOT)).isEqualTo(0.05);
    assertThat(new AreaAbove().of(FLAT)).isEqualTo(1);
    assertThat(new AreaAbove().of(ZEROS)).isZero();
  }

  @Test
  void concentrationCountsPixelsAcrossChannels() {
    Raster two = Raster.of(2, 1, 4, new float[] {1, 0, 2, 0, 1, 1, 0, 0});
    // energies 2, 1, 4, 0
    assertThat(new EnergyConcentration(0.5).of(two)).isCloseTo(6.0 / 7, within(1e-12));
  }

  @Test
  void areaCountsTheThresholdItself() {
    Raster map = Raster.map(1, 4, new float[] {1, 0.5f, 0.49f, -3});
    assertThat(new AreaAbove().of(map)).isEqualTo(0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AreaAbove(1.5))
        .withMessage("fraction must be between 0 and 1, but was 1.5");
  }

  @Test
  void topKTakesTheEarlierOfEqualValues() {
    double[] a = {5, 1, 1, 1};
    double[] b = {0, 2, 0, 3};
    assertThat(Ranks.largest(a, 2)).containsExactly(true, true, false, false);
    assertThat(TopKIntersection.of(a, b, 2)).isEqualTo(0.5);
    assertThat(TopKIntersection.of(a, a, 3)).isEqualTo(1);
    assertThat(TopKIntersection.of(a, b, 4)).isEqualTo(1);
    assertThat(new TopKIntersection().similarity(SPOT, SPOT)).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TopKIntersection.of(a, b, 5))
        .withMessage("k must be between 1 and 4, but was 5");
  }

  @Test
  void differencesKeepOrCutTheSign() {
    Raster before = Raster.map(1, 3, new float[] {1, 2, 4});
    Raster after = Raster.map(1, 3, new float[] {2, 2, 1});
    assertThat(new Difference().difference(before, after))
        .isEqualTo(Raster.map(1, 3, new float[] {1, 0, -3}));
    assertThat(new PositiveDifference().difference(before, after))
        .isEqualTo(Raster.map(1, 3, new float[] {1, 0, 0}));
  }

  @Test
  void logRatioHasItsFloorAtAThousandthOfTheMaximum() {
    Raster before = Raster.map(1, 3, new float[] {0, 2, 4});
    Raster after = Raster.map(1, 3, new float[] {4, 2, 0});
    Raster ratio = new LogRatioDifference().difference(before, after);
    assertThat(ratio.at(0, 0, 0)).isCloseTo((float) Math.log(1001), within(1e-6f));
    assertThat(ratio.at(0, 0, 1)).isZero();
    assertThat(ratio.at(0, 0, 2)).isCloseTo((float) -Math.log(1001), within(1e-6f));
    assertThat(new LogRatioDifference().difference(ZEROS, ZEROS)).isEqualTo(ZEROS);
  }

  @Test
  void maskScoresSeeWhereTheMapLies() {
    Raster left = Raster.generate(1, 4, 4, (c, y, x) -> x < 2 ? 1 : 0);
    Raster map = Raster.generate(1, 4, 4, (c, y, x) -> x == 3 ? 3 : x == 0 ? 1 : -5);
    assertThat(new EnergyInMask().score(map, left)).isCloseTo(0.25, within(1e-12));
    assertThat(new EnergyInMask().score(ZEROS, left)).isZero();
    assertThat(new PointingGame(1).score(map, left)).isZero();
    assertThat(new PointingGame(2).score(map, left)).isEqualTo(1);
    Raster corner = Raster.generate(1, 4, 4, (c, y, x) -> x == 3 && y == 0 ? 1 : 0);
    assertThat(new PointingGame(0).score(map, corner)).isEqualTo(0.25);
    assertThat(new PointingGame().score(FLAT, left)).isZero();
  }

  @Test
  void mapsAreResizedToTheMask() {
    Raster coarse = Raster.map(2, 2, new float[] {1, 0, 0, 0});
    Raster quarter = Raster.generate(1, 8, 8, (c, y, x) -> y < 4 && x < 4 ? 1 : 0);
    // Row weights 1, 1, .875, .625, .375, .125, 0, 0: the upper half holds 7/8 of the mass.
    assertThat(new EnergyInMask().score(coarse, quarter)).isCloseTo(7.0 / 8 * 7 / 8, within(1e-12));
  }
}
