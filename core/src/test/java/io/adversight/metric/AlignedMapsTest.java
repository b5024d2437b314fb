package io.adversight.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.adversight.image.Plane;
import io.adversight.image.Raster;
import io.adversight.metric.similarity.Spearman;
import org.junit.jupiter.api.Test;

class AlignedMapsTest {
  @Test
  void keepsMapsThatAgree() {
    Raster a = Raster.generate(3, 2, 2, (c, y, x) -> c);
    Raster b = Raster.generate(3, 2, 2, (c, y, x) -> y);
    AlignedMaps maps = AlignedMaps.of(a, b);
    assertThat(maps.first()).isSameAs(a);
    assertThat(maps.second()).isSameAs(b);
  }

  @Test
  void averagesChannelsWhenTheirNumbersDiffer() {
    Raster signed = Raster.of(3, 1, 2, new float[] {1, -3, 2, 0, 3, -3});
    AlignedMaps maps = AlignedMaps.of(signed, Raster.map(1, 2, new float[] {5, 6}));
    assertThat(maps.first()).isEqualTo(Raster.map(1, 2, new float[] {2, -2}));
  }

  @Test
  void resizesToTheLargerHeightAndTheLargerWidth() {
    AlignedMaps maps =
        AlignedMaps.of(
            Raster.generate(2, 4, 1, (c, y, x) -> c), Raster.generate(2, 2, 3, (c, y, x) -> y));
    assertThat(maps.first()).isEqualTo(Raster.generate(2, 4, 3, (c, y, x) -> c));
    float[] column = {0, 0.25f, 0.75f, 1};
    assertThat(maps.second()).isEqualTo(Raster.generate(2, 4, 3, (c, y, x) -> column[y]));
  }

  @Test
  void resizesLikeOpenCv() {
    assertThat(Plane.of(2, 2, new double[] {0, 1, 2, 3}).resize(4, 4).toArray())
        .containsExactly(
            0, .25, .75, 1, .5, .75, 1.25, 1.5, 1.5, 1.75, 2.25, 2.5, 2, 2.25, 2.75, 3);
  }

  @Test
  void refusesValuesThatAreNotFinite() {
    Raster bad = Raster.map(1, 2, new float[] {1, Float.NaN});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Spearman().similarity(bad, bad))
        .withMessage("images and maps must be finite, but value 1 is NaN");
  }
}
