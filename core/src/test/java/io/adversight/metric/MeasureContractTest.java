package io.adversight.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.catalog.Catalog;
import io.adversight.catalog.Kind;
import io.adversight.image.Raster;
import io.adversight.metric.difference.MapDifference;
import io.adversight.metric.distance.ImageDistance;
import io.adversight.metric.similarity.MapSimilarity;
import io.adversight.metric.statistic.MapStatistic;
import io.adversight.metric.statistic.MaskScore;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every measure of the catalogue keeps to. */
class MeasureContractTest {
  private static final Raster WAVES =
      Raster.generate(1, 40, 36, (c, y, x) -> Math.sin(0.3 * y + 0.01 * x * x));
  private static final Raster SPARSE =
      Raster.generate(1, 40, 36, (c, y, x) -> (7 * y + 3 * x) % 11 == 0 ? 0.1 * (x - 9) : 0);
  private static final Raster ZEROS = Raster.generate(1, 40, 36, (c, y, x) -> 0);
  private static final Raster FLAT = Raster.generate(1, 40, 36, (c, y, x) -> 0.3);
  private static final Raster NEGATIVE = Raster.generate(1, 40, 36, (c, y, x) -> -1 - x);
  private static final List<Raster> MAPS = List.of(WAVES, SPARSE, ZEROS, FLAT, NEGATIVE);

  private static <T> Stream<T> all(Kind kind, Class<T> type) {
    return Catalog.entries(kind).stream().map(entry -> type.cast(entry.create()));
  }

  static Stream<MapSimilarity> similarities() {
    return all(Kind.MAP_SIMILARITY, MapSimilarity.class);
  }

  static Stream<ImageDistance> distances() {
    return all(Kind.IMAGE_DISTANCE, ImageDistance.class);
  }

  static Stream<MapDifference> differences() {
    return all(Kind.MAP_DIFFERENCE, MapDifference.class);
  }

  static Stream<MapStatistic> statistics() {
    return all(Kind.MAP_STATISTIC, MapStatistic.class);
  }

  static Stream<MaskScore> scores() {
    return all(Kind.MASK_SCORE, MaskScore.class);
  }

  @ParameterizedTest
  @MethodSource("similarities")
  void similarityIsSymmetricNeverNaNAndLargestForTheSameMap(MapSimilarity measure) {
    for (Raster a : MAPS) {
      for (Raster b : MAPS) {
        double similarity = measure.similarity(a, b);
        assertThat(similarity).isNotNaN();
        assertThat(measure.similarity(b, a)).isCloseTo(similarity, within(1e-12));
      }
    }
    assertThat(measure.similarity(WAVES, WAVES))
        .isGreaterThan(measure.similarity(WAVES, SPARSE))
        .isGreaterThan(measure.similarity(WAVES, NEGATIVE));
  }

  @ParameterizedTest
  @MethodSource("similarities")
  void similarityBringsChannelsAndSizesTogether(MapSimilarity measure) {
    Raster coloured = Raster.generate(3, 40, 36, (c, y, x) -> WAVES.at(0, y, x));
    Raster small = Raster.generate(1, 20, 30, (c, y, x) -> WAVES.at(0, y, x));
    assertThat(measure.similarity(coloured, SPARSE))
        .isCloseTo(measure.similarity(WAVES, SPARSE), within(1e-6));
    assertThat(measure.similarity(WAVES, small)).isNotNaN();
  }

  @ParameterizedTest
  @MethodSource("distances")
  void distanceIsSymmetricNotNegativeAndZeroForTheSameMap(ImageDistance measure) {
    for (Raster a : MAPS) {
      assertThat(measure.distance(a, a)).isZero();
      for (Raster b : MAPS) {
        assertThat(measure.distance(a, b)).isGreaterThanOrEqualTo(0);
        assertThat(measure.distance(b, a)).isCloseTo(measure.distance(a, b), within(1e-12));
      }
    }
    assertThat(measure.distance(WAVES, SPARSE)).isPositive();
  }

  @ParameterizedTest
  @MethodSource("differences")
  void differenceOfAMapFromItselfIsZero(MapDifference measure) {
    for (Raster map : MAPS) {
      assertThat(measure.difference(map, map)).isEqualTo(ZEROS);
    }
    assertThat(measure.difference(WAVES, SPARSE)).isNotEqualTo(ZEROS);
  }

  @ParameterizedTest
  @MethodSource("statistics")
  void statisticIsFiniteAndDoesNotDependOnTheUnit(MapStatistic statistic) {
    for (Raster map : MAPS) {
      double value = statistic.of(map);
      assertThat(value).isFinite();
      Raster doubled = Raster.generate(1, 40, 36, (c, y, x) -> 2 * map.at(0, y, x));
      assertThat(statistic.of(doubled)).isCloseTo(value, within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("scores")
  void maskScoreLiesBetweenNoneAndAll(MaskScore score) {
    Raster none = ZEROS;
    Raster all = Raster.generate(1, 40, 36, (c, y, x) -> 1);
    for (Raster map : MAPS) {
      assertThat(score.score(map, none)).isZero();
      assertThat(score.score(map, all)).isBetween(0.0, 1.0);
    }
    assertThat(score.score(WAVES, all)).isEqualTo(1);
  }
}
