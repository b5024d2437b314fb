package io.adversight.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ColorScaleTest {
  private static final Offset<Float> CLOSE = Offset.offset(1e-6f);

  /** The values 1 to 100, and one outlier that is a thousand times as large. */
  private static Raster withOutlier() {
    return Raster.generate(1, 1, 101, (c, y, x) -> x == 100 ? 100_000 : x + 1);
  }

  private static int brightest(Raster coloured) {
    int count = 0;
    for (int x = 0; x < coloured.width(); x++) {
      count += Math.rint(255 * coloured.at(1, 0, x)) == 255 ? 1 : 0;
    }
    return count;
  }

  @Test
  void endsAtThe99thPercentileOfTheAbsoluteValues() {
    ColorScale scale = ColorScale.of(withOutlier());
    assertThat(scale).isEqualTo(new ColorScale(ColorMap.INFERNO, 0, 100, true));
    assertThat(brightest(scale.apply(withOutlier()))).isEqualTo(2);
    // numpy.percentile([0, 1, 2, 3], 99) is 2.97
    Raster four = Raster.map(1, 4, new float[] {3, 1, 0, 2});
    assertThat(ColorScale.of(four).high()).isCloseTo(2.97f, CLOSE);
  }

  @Test
  void isSymmetricForSignedMaps() {
    Raster signed = Raster.generate(1, 1, 101, (c, y, x) -> x == 100 ? 50 : x - 100);
    assertThat(ColorScale.of(signed)).isEqualTo(new ColorScale(ColorMap.DIVERGING, -99, 99, true));
    assertThat(ColorScale.signed(withOutlier()).low()).isEqualTo(-100);
  }

  @Test
  void showsTheFewPlacesOfAMapThatIsZeroElsewhere() {
    Raster sparse = Raster.generate(1, 1, 1000, (c, y, x) -> x == 7 ? 0.25 : 0);
    ColorScale scale = ColorScale.of(sparse);
    assertThat(scale).isEqualTo(new ColorScale(ColorMap.INFERNO, 0, 0.25f, false));
    assertThat(brightest(scale.apply(sparse))).isEqualTo(1);
    Raster empty = Raster.generate(1, 2, 2, (c, y, x) -> 0);
    assertThat(ColorScale.of(empty).apply(empty).max()).isLessThan(0.02f);
  }

  @Test
  void drawsABarFromTheFirstColourToTheLast() {
    Raster bar = ColorScale.signed(withOutlier()).bar(256, 3);
    assertThat(bar.height()).isEqualTo(3);
    assertThat(bar.at(2, 0, 0)).isGreaterThan(bar.at(0, 0, 0));
    assertThat(bar.at(1, 0, 128)).isCloseTo(1, Offset.offset(0.02f));
    assertThat(bar.at(0, 0, 255)).isGreaterThan(bar.at(2, 0, 255));
  }
}
