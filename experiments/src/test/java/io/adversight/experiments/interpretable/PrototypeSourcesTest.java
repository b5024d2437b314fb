package io.adversight.experiments.interpretable;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.data.AviarySet;
import io.adversight.data.DataSet;
import io.adversight.image.Raster;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrototypeSourcesTest {
  /** One image of 8 x 8 pixels, whose object is its upper left quarter. */
  private static final DataSet QUARTER =
      new DataSet() {
        @Override
        public String name() {
          return "quarter";
        }

        @Override
        public int size() {
          return 1;
        }

        @Override
        public int label(int i) {
          return UNLABELLED;
        }

        @Override
        public Raster image(int i) {
          return Raster.generate(3, 8, 8, (c, y, x) -> 0);
        }

        @Override
        public List<String> classNames() {
          return List.of();
        }

        @Override
        public List<String> objects() {
          return List.of("object");
        }

        @Override
        public Raster mask(int i, String region) {
          return Raster.generate(1, 8, 8, (c, y, x) -> y < 4 && x < 4 ? 1 : 0);
        }
      };

  @Test
  void aPatchIsBackgroundIfItShowsNothingOfTheObject() {
    Raster map = Raster.generate(1, 4, 4, (c, y, x) -> 0);
    assertThat(PrototypeSources.isBeside(QUARTER, 0, 1, 1, map)).isFalse();
    assertThat(PrototypeSources.isBeside(QUARTER, 0, 1, 2, map)).isTrue();
    assertThat(PrototypeSources.isBeside(QUARTER, 0, 3, 0, map)).isTrue();
  }

  @Test
  void theObjectOfTheAviaryIsTheBird() {
    assertThat(AviarySet.train().objects()).first().isEqualTo(AviarySet.BIRD);
  }
}
