package io.adversight.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OverlayTest {
  private static final Raster IMAGE = Raster.map(1, 2, new float[] {0, 1});
  private static final Raster COLOURS = Raster.of(3, 1, 2, new float[] {1, 1, 0, 0, 0.5f, 0.5f});

  @Test
  void mixesByOpacity() {
    assertThat(Overlay.blend(IMAGE, COLOURS, 0.25).toArray())
        .containsExactly(0.25f, 1, 0, 0.75f, 0.125f, 0.875f);
    assertThat(Overlay.blend(IMAGE, COLOURS, 0)).isEqualTo(IMAGE.toRgb());
    assertThat(Overlay.blend(IMAGE, COLOURS, 1)).isEqualTo(COLOURS);
  }

  @Test
  void refusesOtherSizesAndOpacities() {
    assertThatThrownBy(() -> Overlay.blend(IMAGE, Raster.map(2, 1, new float[2]), 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 x 2 pixels, but the map over it 2 x 1");
    assertThatThrownBy(() -> Overlay.blend(IMAGE, COLOURS, 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[0, 1]");
  }
}
