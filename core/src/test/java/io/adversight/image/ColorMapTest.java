package io.adversight.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ColorMapTest {
  private static int[] colour(Raster coloured, int x) {
    return new int[] {level(coloured, 0, x), level(coloured, 1, x), level(coloured, 2, x)};
  }

  private static int level(Raster coloured, int channel, int x) {
    return Math.round(255 * coloured.at(channel, 0, x));
  }

  private static Raster steps() {
    return Raster.generate(1, 1, 256, (c, y, x) -> x);
  }

  @ParameterizedTest
  @CsvSource({ // cases S21, S22, S23
    "JET, 0, 0, 0, 128",
    "JET, 32, 0, 0, 255",
    "JET, 64, 0, 128, 255",
    "JET, 96, 2, 255, 254",
    "JET, 128, 130, 255, 126",
    "JET, 160, 255, 252, 0",
    "JET, 192, 255, 124, 0",
    "JET, 224, 252, 0, 0",
    "JET, 255, 128, 0, 0",
    "VIRIDIS, 0, 68, 1, 84",
    "VIRIDIS, 64, 59, 82, 139",
    "VIRIDIS, 128, 33, 145, 140",
    "VIRIDIS, 192, 94, 201, 98",
    "VIRIDIS, 255, 253, 231, 37",
    "INFERNO, 0, 0, 0, 4",
    "INFERNO, 64, 87, 16, 110",
    "INFERNO, 128, 188, 55, 84",
    "INFERNO, 192, 249, 142, 9",
    "INFERNO, 255, 252, 255, 164",
    "GREY, 0, 0, 0, 0",
    "GREY, 77, 77, 77, 77",
    "GREY, 255, 255, 255, 255"
  })
  void hasTheRecordedColours(ColorMap map, int step, int red, int green, int blue) {
    assertThat(colour(map.apply(steps(), 0, 255), step)).containsExactly(red, green, blue);
  }

  @ParameterizedTest
  @EnumSource(ColorMap.class)
  void changesLittleFromStepToStep(ColorMap map) {
    Raster coloured = map.apply(steps());
    for (int x = 1; x < 256; x++) {
      int[] before = colour(coloured, x - 1);
      int[] after = colour(coloured, x);
      for (int c = 0; c < 3; c++) {
        assertThat(Math.abs(after[c] - before[c])).as("step %d", x).isLessThanOrEqualTo(8);
      }
    }
  }

  @Test
  void showsZeroAsWhiteAndSignsAsMirroredColours() {
    Raster signed = Raster.map(1, 5, new float[] {-4, -1, 0, 1, 2});
    Raster coloured = ColorMap.DIVERGING.applySymmetric(signed);
    assertThat(colour(coloured, 2)).containsExactly(255, 255, 255);
    int[] negative = colour(coloured, 1);
    int[] positive = colour(coloured, 3);
    assertThat(positive).containsExactly(negative[2], negative[1], negative[0]);
    assertThat(positive[0]).isGreaterThan(positive[2]);
    assertThat(Arrays.stream(colour(coloured, 0)).sum()).isLessThan(Arrays.stream(negative).sum());
  }

  @Test
  void showsAnEmptyMapAsNeutral() {
    Raster zero = Raster.map(1, 2, new float[2]);
    assertThat(ColorMap.DIVERGING.applySymmetric(zero).min()).isEqualTo(1);
    assertThat(colour(ColorMap.INFERNO.apply(zero), 0)).containsExactly(0, 0, 4);
  }

  @Test
  void clipsToTheRange() {
    Raster coloured = ColorMap.GREY.apply(Raster.map(1, 3, new float[] {-5, 0.5f, 9}), 0, 1);
    assertThat(coloured.channel(0).toArray()).containsExactly(0, 128 / 255f, 1);
  }

  @Test
  void refusesManyChannelsAndRangesOutOfOrder() {
    assertThatThrownBy(() -> ColorMap.JET.apply(Raster.of(3, 1, 1, new float[3])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one channel");
    assertThatThrownBy(() -> ColorMap.JET.apply(steps(), 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.0 to 0.0");
    assertThatThrownBy(() -> ColorMap.JET.apply(steps(), Float.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
