package io.adversight.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImageGridTest {
  private static Raster grey(int height, int width, float value) {
    return Raster.generate(1, height, width, (c, y, x) -> value);
  }

  @Test
  void laysFramesOutRowByRowOnWhite() {
    Raster sheet = ImageGrid.of(List.of(grey(2, 1, 0), grey(1, 2, 0.5f), grey(1, 1, 0.25f)), 2, 1);
    float[] expected = {
      0, 1, 1, 0.5f, 0.5f, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.25f, 1, 1, 1, 1, 1, 1, 1, 1, 1
    };
    assertThat(sheet).isEqualTo(Raster.map(5, 5, expected).toRgb());
  }

  @Test
  void isNoWiderThanItsFrames() {
    assertThat(ImageGrid.of(List.of(grey(2, 3, 0)), 8, 4)).isEqualTo(grey(2, 3, 0).toRgb());
  }

  @Test
  void refusesAnEmptyStrip() {
    assertThatThrownBy(() -> ImageGrid.of(List.of(), 3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0, 3 and 1 were given");
  }
}
