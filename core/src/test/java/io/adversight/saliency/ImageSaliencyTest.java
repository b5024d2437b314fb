package io.adversight.saliency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.adversight.image.Raster;
import io.adversight.metric.statistic.EnergyInMask;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageSaliencyTest {
  private static final int SIZE = 160;
  private static final int SPACING = 32;

  static Stream<ImageSaliency> methods() {
    return Stream.of(new GraphBasedVisualSaliency(), new IttiKochNiebur());
  }

  /** Five by five items of which the one in row 1, column 3 differs. */
  private static Raster items(Item usual, Item odd) {
    return Raster.generate(
        3,
        SIZE,
        SIZE,
        (c, y, x) -> {
          boolean isOdd = y / SPACING == 1 && x / SPACING == 3;
          return (isOdd ? odd : usual).at(c, y % SPACING - 15.5, x % SPACING - 15.5);
        });
  }

  private interface Item {
    double at(int c, double y, double x);
  }

  private static Item disc(double red, double green, double blue) {
    double[] colour = {red, green, blue};
    return (c, y, x) -> Math.hypot(y, x) < 7 ? colour[c] : 0.5;
  }

  private static Item bar(double degrees) {
    double right = Math.cos(Math.toRadians(degrees));
    double down = Math.sin(Math.toRadians(degrees));
    return (c, y, x) ->
        Math.abs(x * right + y * down) < 11 && Math.abs(y * right - x * down) < 2.5 ? 0.9 : 0.2;
  }

  private static void assertMaximumOnOddItem(Raster saliency) {
    int best = 0;
    float[] values = saliency.toArray();
    for (int i = 0; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    assertThat(List.of(best / SIZE / SPACING, best % SIZE / SPACING)).containsExactly(1, 3);
    assertThat(values[best]).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void redItemPopsOutAmongGreenOnes(ImageSaliency method) {
    assertMaximumOnOddItem(method.saliency(items(disc(0.2, 0.7, 0.2), disc(0.8, 0.15, 0.15))));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void brightItemPopsOutAmongGreyOnes(ImageSaliency method) {
    assertMaximumOnOddItem(method.saliency(items(disc(0.6, 0.6, 0.6), disc(1, 1, 1))));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void tiltedBarPopsOutAmongUprightOnes(ImageSaliency method) {
    assertMaximumOnOddItem(method.saliency(items(bar(90), bar(0))));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void mirroredImageHasMirroredSaliency(ImageSaliency method) {
    Raster image =
        Raster.generate(
            3, 90, 130, (c, y, x) -> 0.5 + 0.5 * Math.sin(0.1 * x * (c + 1) + 0.003 * y * y));
    Raster mirrored = Raster.generate(3, 90, 130, (c, y, x) -> image.at(c, y, 129 - x));
    Raster saliency = method.saliency(image);
    Raster expected = Raster.generate(1, 90, 130, (c, y, x) -> saliency.at(0, y, 129 - x));
    assertThat(method.saliency(mirrored).toArray())
        .containsExactly(expected.toArray(), within(1e-5f));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void symmetricImageHasSymmetricSaliency(ImageSaliency method) {
    Raster cross =
        Raster.generate(
            3, 96, 96, (c, y, x) -> Math.abs(y - 47.5) < 6 || Math.abs(x - 47.5) < 6 ? 0.9 : 0.1);
    Raster saliency = method.saliency(cross);
    Raster upsideDown = Raster.generate(1, 96, 96, (c, y, x) -> saliency.at(0, 95 - y, x));
    Raster transposed = Raster.generate(1, 96, 96, (c, y, x) -> saliency.at(0, x, y));
    assertThat(saliency.toArray()).containsExactly(upsideDown.toArray(), within(1e-5f));
    assertThat(saliency.toArray()).containsExactly(transposed.toArray(), within(1e-5f));
    assertThat(saliency.max()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void evenImageHasNoSaliency(ImageSaliency method) {
    Raster even = Raster.generate(3, 50, 70, (c, y, x) -> 0.2 + 0.3 * c);
    assertThat(method.saliency(even)).isEqualTo(Raster.generate(1, 50, 70, (c, y, x) -> 0));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void greyImageEqualsItsColourCopy(ImageSaliency method) {
    Raster grey = items(disc(0.6, 0.6, 0.6), disc(1, 1, 1)).channel(0);
    Raster colour = Raster.generate(3, SIZE, SIZE, (c, y, x) -> grey.at(0, y, x));
    assertThat(method.saliency(grey)).isEqualTo(method.saliency(colour));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> method.saliency(Raster.generate(2, 9, 9, (c, y, x) -> 0)))
        .withMessageContaining("one channel (grey) or three (RGB)");
  }

  @Test
  void printedOpponencyFavoursTheOddColourLess() {
    Raster image = items(disc(0.2, 0.7, 0.2), disc(0.8, 0.15, 0.15));
    Raster cell =
        Raster.generate(1, SIZE, SIZE, (c, y, x) -> y / SPACING == 1 && x / SPACING == 3 ? 1 : 0);
    double contrast = new EnergyInMask().score(new IttiKochNiebur().saliency(image), cell);
    double printed = new EnergyInMask().score(new IttiKochNiebur(640, true).saliency(image), cell);
    assertThat(contrast).isGreaterThan(1.1 * printed);
  }
}
