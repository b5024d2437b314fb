package io.adversight.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PerturbationTest {
  @Test
  void showsZeroAsMidGreyAndStatesItsGain() {
    Perturbation shown = Perturbation.of(Raster.map(1, 3, new float[] {-0.125f, 0, 0.0625f}));
    assertThat(shown.gain()).isEqualTo(4);
    assertThat(shown.image().toArray()).containsExactly(0, 0.5f, 0.75f);
  }

  @Test
  void clipsWhatALargerGainPushesOut() {
    Perturbation shown = Perturbation.of(Raster.map(1, 3, new float[] {-0.125f, 0, 0.0625f}), 8);
    assertThat(shown.image().toArray()).containsExactly(0, 0.5f, 1);
  }

  @Test
  void showsNoPerturbationAsPlainGrey() {
    Raster image = Raster.map(1, 2, new float[] {0.3f, 0.7f});
    Perturbation shown = Perturbation.between(image, image);
    assertThat(shown.image().toArray()).containsExactly(0.5f, 0.5f);
    assertThat(shown.gain()).isEqualTo(1);
  }

  @Test
  void isThePositiveWhereTheImageBecameBrighter() {
    Raster before = Raster.map(1, 2, new float[] {0.25f, 0.5f});
    Raster after = Raster.map(1, 2, new float[] {0.5f, 0.375f});
    assertThat(Perturbation.between(before, after).image().toArray()).containsExactly(1, 0.25f);
  }

  @Test
  void refusesImagesOfDifferentSizes() {
    Raster one = Raster.map(1, 2, new float[2]);
    assertThatThrownBy(() -> Perturbation.between(one, one.toRgb()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Raster(1, 1, 2) and Raster(3, 1, 2)");
    assertThatThrownBy(() -> Perturbation.of(one, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
