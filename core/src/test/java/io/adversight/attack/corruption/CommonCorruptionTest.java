package io.adversight.attack.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.data.AviarySet;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommonCorruptionTest {
  private static final Raster GREY = Raster.generate(1, 40, 40, (c, y, x) -> 0.5);

  private static Raster of(CommonCorruption.Type type, int severity, Raster image) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(image));
      return Batches.rasters(
              new CommonCorruption(type, severity).of(pixels, Run.of(new Rng(1), pixels)))
          .get(0);
    }
  }

  private static Raster ramp(int channels, int height, int width) {
    return Raster.generate(
        channels, height, width, (c, y, x) -> (0.2 * c + y / 50.0 + (x % 7) / 10.0) % 1);
  }

  private static double mean(Raster image, BiFunction<Integer, Integer, Double> value) {
    double sum = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        sum += value.apply(y, x);
      }
    }
    return sum / (image.height() * image.width());
  }

  private static double distance(Raster a, Raster b) {
    return mean(a, (y, x) -> (double) Math.abs(a.at(0, y, x) - b.at(0, y, x)));
  }

  @ParameterizedTest
  @EnumSource(CommonCorruption.Type.class)
  void keepsSizeAndRangeAtAnySizeAndRepeats(CommonCorruption.Type type) {
    for (Raster image : List.of(ramp(1, 28, 28), ramp(3, 17, 41), ramp(3, 5, 3))) {
      for (int severity = 1; severity <= 5; severity++) {
        Raster made = of(type, severity, image);
        assertThat(made.channels()).isEqualTo(image.channels());
        assertThat(made.height()).isEqualTo(image.height());
        assertThat(made.width()).isEqualTo(image.width());
        assertThat(made.min()).isBetween(0f, 1f);
        assertThat(made.max()).isBetween(0f, 1f);
        assertThat(of(type, severity, image)).isEqualTo(made);
      }
    }
  }

  /** Not elastic and frost: ImageNet-C's severities change their kind and their mixture. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ELASTIC", "FROST", "TRANSLATION", "ROTATION"})
  void changesMoreAtTheHighestSeverity(CommonCorruption.Type type) {
    Raster image = new AviarySet("birds", 0, 1, 64).image(0);
    assertThat(distance(of(type, 5, image), image))
        .isGreaterThan(distance(of(type, 1, image), image));
  }

  /** An image meets the same random numbers alone and among others. */
  @Test
  void anImageDoesNotDependOnItsBatch() {
    try (Scope scope = Scope.open()) {
      Tensor both = Batches.of(List.of(GREY, Raster.generate(1, 40, 40, (c, y, x) -> 0.3)));
      Tensor alone = both.rows(1);
      CommonCorruption noise = new CommonCorruption(CommonCorruption.Type.SNOW, 3);
      assertThat(Batches.rasters(noise.of(both, Run.of(new Rng(5), both))).get(1))
          .isEqualTo(Batches.rasters(noise.of(alone, Run.of(new Rng(5), alone))).get(0));
    }
  }

  @Test
  void noiseHasTheMomentsOfImageNetC() {
    Raster gaussian = of(CommonCorruption.Type.GAUSSIAN_NOISE, 1, GREY);
    double mean = mean(gaussian, (y, x) -> (double) gaussian.at(0, y, x));
    double variance = mean(gaussian, (y, x) -> Math.pow(gaussian.at(0, y, x) - mean, 2));
    assertThat(mean).isCloseTo(0.5, within(0.01));
    assertThat(Math.sqrt(variance)).isCloseTo(0.08, within(0.005));
    // 60 photons at full brightness: half of them on average, with the variance of their number.
    Raster shot = of(CommonCorruption.Type.SHOT_NOISE, 1, GREY);
    double photons = mean(shot, (y, x) -> 60.0 * shot.at(0, y, x));
    assertThat(photons).isCloseTo(30, within(0.6));
    assertThat(mean(shot, (y, x) -> Math.pow(60.0 * shot.at(0, y, x) - photons, 2)))
        .isCloseTo(30, within(4.0));
    Raster impulse = of(CommonCorruption.Type.IMPULSE_NOISE, 5, GREY);
    assertThat(mean(impulse, (y, x) -> impulse.at(0, y, x) == 0.5f ? 0.0 : 1.0))
        .isCloseTo(0.27, within(0.04));
  }

  @Test
  void contrastShrinksTowardsTheMean() {
    Raster image = Raster.generate(1, 4, 4, (c, y, x) -> x < 2 ? 0.2 : 0.8);
    Raster made = of(CommonCorruption.Type.CONTRAST, 1, image);
    assertThat(made.at(0, 0, 0)).isCloseTo(0.38f, within(1e-6f));
    assertThat(made.at(0, 0, 3)).isCloseTo(0.62f, within(1e-6f));
  }

  @Test
  void brightnessKeepsHueAndSaturation() {
    Raster image = Raster.generate(3, 2, 2, (c, y, x) -> new double[] {0.4, 0.2, 0.1}[c]);
    Raster made =
        of(CommonCorruption.Type.BRIGHTNESS, 4, image); // 0.4 more of HSV's value, which is 0.4
    assertThat(made.at(0, 0, 0)).isCloseTo(0.8f, within(1e-6f));
    assertThat(made.at(1, 0, 0)).isCloseTo(0.4f, within(1e-6f));
    assertThat(made.at(2, 0, 0)).isCloseTo(0.2f, within(1e-6f));
  }

  @Test
  void pixelsAreMeansOfWhatTheyCover() {
    Raster image = Raster.generate(1, 8, 8, (c, y, x) -> (8 * y + x) / 64.0);
    Raster made =
        of(CommonCorruption.Type.PIXELATE, 5, image); // a quarter of the side: 2 x 2 pixels
    double topLeft = 0;
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        topLeft += image.at(0, y, x) / 16;
      }
    }
    assertThat(made.at(0, 0, 0)).isCloseTo((float) topLeft, within(1e-6f));
    assertThat(made.at(0, 3, 3)).isEqualTo(made.at(0, 0, 0));
    assertThat(made.at(0, 4, 3)).isGreaterThan(made.at(0, 3, 3));
  }

  @Test
  void blursKeepEvenImages() {
    for (CommonCorruption.Type type :
        List.of(
            CommonCorruption.Type.DEFOCUS_BLUR,
            CommonCorruption.Type.GLASS_BLUR,
            CommonCorruption.Type.MOTION_BLUR,
            CommonCorruption.Type.ZOOM_BLUR)) {
      assertThat(distance(of(type, 5, GREY), GREY)).as("%s", type).isLessThan(1e-6);
    }
  }

  @Test
  void severitiesAreOneToFive() {
    assertThatThrownBy(() -> new CommonCorruption(CommonCorruption.Type.FOG, 6))
        .hasMessageContaining("severity");
  }
}
