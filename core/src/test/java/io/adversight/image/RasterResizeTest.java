package io.adversight.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RasterResizeTest {
  private static final Raster TWO_BY_TWO = Raster.map(2, 2, new float[] {0, 1, 2, 3});

  /** The image whose resized values were recorded from Pillow 12.3 in mode "F". */
  private static Raster recorded(int height, int width) {
    return Raster.generate(1, height, width, (c, y, x) -> (y * 7 + x * 3) % 11 / 10f);
  }

  private static Raster noise(int channels, int height, int width) {
    Random random = new Random(height * 1000L + width);
    return Raster.generate(channels, height, width, (c, y, x) -> random.nextFloat());
  }

  @Test
  void putsPixelCentresOnPixelCentres() { // case S19
    float[] expected = {
      0, .25f, .75f, 1, .5f, .75f, 1.25f, 1.5f, 1.5f, 1.75f, 2.25f, 2.5f, 2, 2.25f, 2.75f, 3
    };
    assertThat(RasterResize.to(TWO_BY_TWO, 4, 4, Interpolation.BILINEAR).toArray())
        .isEqualTo(expected);
    assertThat(RasterResize.to(TWO_BY_TWO, 4, 4, Interpolation.ANTIALIASED).toArray())
        .isEqualTo(expected);
  }

  @Test
  void keepsTheCornersAtTheCorners() { // case S20
    Raster expected = Raster.generate(1, 4, 4, (c, y, x) -> x / 3.0 + 2 * y / 3.0);
    assertThat(RasterResize.to(TWO_BY_TWO, 4, 4, Interpolation.ALIGNED_CORNERS).toArray())
        .containsExactly(expected.toArray(), within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5|7|2|3| 0.5285714 0.5058824 0.4392857 0.5821428 0.4617647 0.5285714",
        "7|5|3|4| 0.4392857 0.5928572 0.5303571 0.4875000 0.6382353 0.5137255 0.4862745 0.3617647"
            + " 0.5125000 0.4696428 0.4071428 0.5607143",
        "3|4|5|6| 0.0000000 0.1500000 0.3500000 0.5500000 0.7500000 0.9000000 0.2800000 0.4300000"
            + " 0.5566667 0.4633333 0.5900000 0.7400000 0.7000000 0.8500000 0.8666667 0.3333333"
            + " 0.3500000 0.5000000 0.4600000 0.6100000 0.7366667 0.6433333 0.4400000 0.2600000"
            + " 0.3000000 0.4500000 0.6500000 0.8500000 0.5000000 0.1000000",
        "6|6|2|2| 0.5453125 0.4359375 0.5250000 0.4671875",
        "4|9|6|2| 0.4225352 0.5676056 0.4936620 0.5225352 0.5575117 0.4908451 0.5284038 0.5443662"
            + " 0.5070422 0.5126761 0.4929577 0.4676057"
      })
  void antialiasesLikePillow(int height, int width, int newHeight, int newWidth, String values) {
    String[] expected = values.split(" ", -1);
    float[] resized = RasterResize.stretch(recorded(height, width), newHeight, newWidth).toArray();
    assertThat(resized).hasSize(expected.length);
    for (int i = 0; i < resized.length; i++) {
      assertThat(resized[i]).isCloseTo(Float.parseFloat(expected[i]), within(2e-7f));
    }
  }

  @Test
  void halvesWithTheWeightsOfTheTriangle() {
    // new pixel 1 of 4 reaches over source pixels 1 to 4 with weights 1/8, 3/8, 3/8, 1/8
    Raster row = Raster.map(1, 8, new float[] {0, 8, 16, 0, 32, 0, 0, 0});
    assertThat(RasterResize.stretch(row, 1, 4).at(0, 0, 1)).isEqualTo(1 + 6 + 0 + 4);
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void keepsAConstant(Interpolation interpolation) {
    Raster constant = Raster.generate(2, 5, 7, (c, y, x) -> 0.3f + c);
    for (int size : new int[] {1, 2, 3, 5, 11}) {
      Raster resized = RasterResize.to(constant, size, 12 - size, interpolation);
      for (float value : resized.channel(0).toArray()) {
        assertThat(value).isCloseTo(0.3f, within(1e-7f));
      }
      assertThat(resized.channel(1).max()).isCloseTo(1.3f, within(2e-7f));
    }
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void leavesTheSameSizeExactlyAsItIs(Interpolation interpolation) {
    Raster image = noise(3, 6, 5);
    assertThat(RasterResize.to(image, 6, 5, interpolation)).isEqualTo(image);
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void staysBetweenSmallestAndLargestValue(Interpolation interpolation) {
    Raster image = noise(1, 9, 4);
    for (int size = 1; size < 20; size++) {
      Raster resized = RasterResize.to(image, size, 20 - size, interpolation);
      assertThat(resized.min()).isGreaterThanOrEqualTo(image.min() - 1e-6f);
      assertThat(resized.max()).isLessThanOrEqualTo(image.max() + 1e-6f);
    }
  }

  @Test
  void takesTheNearestPixel() {
    Raster row = Raster.map(1, 3, new float[] {1, 2, 3});
    assertThat(RasterResize.to(row, 1, 6, Interpolation.NEAREST).toArray())
        .containsExactly(1, 1, 2, 2, 3, 3);
    assertThat(RasterResize.to(row, 1, 1, Interpolation.NEAREST).toArray()).containsExactly(2);
  }

  @ParameterizedTest
  @CsvSource({"30, 47, 20, 14, 11", "47, 30, 20, 14, 11", "10, 10, 16, 16, 16", "9, 31, 9, 5, 6"})
  void cropsTheCentreOfTheProportionalImage(int h, int w, int shortSide, int cropH, int cropW) {
    Raster image = noise(3, h, w);
    int fullH = h <= w ? shortSide : shortSide * h / w;
    int fullW = h <= w ? shortSide * w / h : shortSide;
    Raster full = RasterResize.stretch(image, fullH, fullW);
    int top = (int) Math.rint((fullH - cropH) / 2.0);
    int left = (int) Math.rint((fullW - cropW) / 2.0);
    assertThat(RasterResize.shortSideThenCentreCrop(image, shortSide, cropH, cropW))
        .isEqualTo(Raster.generate(3, cropH, cropW, (c, y, x) -> full.at(c, top + y, left + x)));
  }

  @Test
  void cropsAVeryLongImageWithoutMakingAllOfIt() {
    Raster thin = Raster.generate(1, 1_000_000, 1, (c, y, x) -> y / 1e6);
    Raster crop = RasterResize.shortSideThenCentreCrop(thin, 256, 224, 224);
    assertThat(crop.at(0, 112, 0)).isCloseTo(0.5f, within(1e-5f));
  }

  @Test
  void refusesSizesThatCannotBe() {
    assertThatThrownBy(() -> RasterResize.stretch(TWO_BY_TWO, 0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 x 3");
    assertThatThrownBy(() -> RasterResize.shortSideThenCentreCrop(TWO_BY_TWO, 200, 224, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("make it at least 224");
  }
}
