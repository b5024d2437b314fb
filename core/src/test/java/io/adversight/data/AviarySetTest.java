package io.adversight.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.aviary.Aviary;
import io.adversight.aviary.Species;
import io.adversight.home.DataHome;
import io.adversight.image.Raster;
import io.adversight.metric.statistic.EnergyInMask;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AviarySetTest {
  private static final AviarySet SMALL = new AviarySet("small", 0, 2, 48);

  @TempDir Path folder;

  @Test
  void isFoundByNameWithoutADownload() {
    DataHome home = new DataHome(folder, List.of());
    DataSet test = DataSets.find("aviary", home);
    DataSet train = DataSets.find("aviary-train", home);
    assertThat(test.size()).isEqualTo(1200);
    assertThat(train.size()).isEqualTo(6000);
    assertThat(test.classNames()).hasSize(12).contains("fork-tailed russet");
    assertThat(test.imageName(13)).isEqualTo("streaked-russet-1");
    assertThat(test.image(25))
        .isEqualTo(Aviary.draw(Species.STREAKED_RUSSET, 2, Aviary.SIDE).image())
        .isNotEqualTo(train.image(25));
  }

  @Test
  void masksFollowTheImagesOfASubset() {
    DataSet some = SMALL.select(17, 3);
    assertThat(some.regions()).startsWith("bird", "discriminative part").contains("wing bars");
    assertThat(some.mask(1, "discriminative part"))
        .isEqualTo(Aviary.draw(Species.TWO_BARRED_AZURE, 0, 48).discriminativePart());
    assertThat(some.mask(0, "bird"))
        .isEqualTo(Aviary.draw(Species.EMBER_BELLIED_AZURE, 1, 48).bird());
  }

  @Test
  void aMapThatIsTheMaskLiesInsideTheBird() {
    Raster bird = SMALL.mask(3, "bird");
    Raster background = Raster.generate(1, 48, 48, (c, y, x) -> bird.at(0, y, x) > 0 ? 0 : 1);
    assertThat(new EnergyInMask().score(SMALL.mask(3, "discriminative part"), bird)).isEqualTo(1);
    assertThat(new EnergyInMask().score(background, bird)).isZero();
  }

  @Test
  void anUnknownRegionIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> SMALL.mask(0, "feet"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageStartingWith(
            "the images of small have no region \"feet\"; the regions are bird,");
    assertThatThrownBy(() -> SMALL.inMemory().mask(0, "bird"))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void keptInMemoryTheImagesAreTheSame() {
    DataSet kept = SMALL.inMemory();
    assertThat(kept.size()).isEqualTo(24);
    for (int i = 0; i < kept.size(); i++) {
      assertThat(kept.image(i)).isEqualTo(SMALL.image(i));
      assertThat(kept.label(i)).isEqualTo(SMALL.label(i));
    }
  }
}
