package io.adversight.aviary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.image.Raster;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class AviaryTest {
  private static double sum(Raster mask) {
    double sum = 0;
    for (float value : mask.toArray()) {
      sum += value;
    }
    return sum;
  }

  @Test
  void drawsTheSameImagesOnEveryMachine() {
    CRC32 sum = new CRC32();
    for (Species species : Species.values()) {
      for (float value : Aviary.draw(species, 7, 48).image().toArray()) {
        sum.update(Math.round(255 * value));
      }
    }
    assertThat(sum.getValue()).isEqualTo(1481889119L);
  }

  @Test
  void individualsAndSpeciesDiffer() {
    for (Species species : Species.values()) {
      Raster one = Aviary.draw(species, 1, 48).image();
      assertThat(Aviary.draw(species, 1, 48).image()).isEqualTo(one);
      assertThat(Aviary.draw(species, 2, 48).image()).isNotEqualTo(one);
    }
    assertThat(Aviary.draw(Species.RINGED_AZURE, 1, 48).image())
        .isNotEqualTo(Aviary.draw(Species.SPOTTED_SLATE, 1, 48).image());
  }

  @Test
  void eachPixelShowsAtMostOneWholePart() {
    for (Species species : Species.values()) {
      Scene scene = Aviary.draw(species, 4, 64);
      Raster bird = scene.bird();
      for (int y = 0; y < 64; y++) {
        for (int x = 0; x < 64; x++) {
          double shares = 0;
          for (Part part : Part.values()) {
            assertThat(scene.mask(part).at(0, y, x)).isBetween(0f, 1f);
            shares += scene.mask(part).at(0, y, x);
          }
          assertThat(shares).isLessThan(1 + 1e-5);
          assertThat(bird.at(0, y, x)).isCloseTo((float) shares, within(1e-5f));
        }
      }
    }
  }

  @Test
  void theMaskIsWhereTheBirdChangesTheImage() {
    for (Species species : Species.values()) {
      for (long individual = 0; individual < 4; individual++) {
        Scene scene = Aviary.draw(species, individual, 96);
        Raster with = scene.image();
        Raster without = Aviary.withoutBird(species, individual, 96).image();
        Raster bird = scene.bird();
        int whole = 0;
        int changed = 0;
        for (int y = 0; y < 96; y++) {
          for (int x = 0; x < 96; x++) {
            double difference = 0;
            for (int c = 0; c < 3; c++) {
              difference += Math.abs(with.at(c, y, x) - without.at(c, y, x));
            }
            if (bird.at(0, y, x) == 0) {
              assertThat(difference).as("%s %d at %d, %d", species, individual, y, x).isZero();
            }
            if (bird.at(0, y, x) > 0.99) {
              whole++;
              changed += difference > 2.5 / 255 ? 1 : 0;
            }
          }
        }
        assertThat(whole).isGreaterThan(150);
        assertThat(changed).isGreaterThan((int) (0.9 * whole));
      }
    }
  }

  @Test
  void aLargeDrawingShowsTheSameSharesAsASmallOne() {
    for (Species species : Species.values()) {
      Scene small = Aviary.draw(species, 11, 48);
      Scene large = Aviary.draw(species, 11, 192);
      assertThat(sum(large.bird()) / 16).isCloseTo(sum(small.bird()), within(12.0));
      assertThat(sum(large.discriminativePart()) / 16)
          .as(species.label())
          .isCloseTo(sum(small.discriminativePart()), within(4.0));
    }
  }

  @Test
  void theDecidingPartIsSeenOnNearlyEveryImageAndOnlyOnItsSpecies() {
    for (Species species : Species.values()) {
      int seen = 0;
      for (long individual = 0; individual < 25; individual++) {
        Scene scene = Aviary.draw(species, individual, 96);
        seen += sum(scene.discriminativePart()) > 2 ? 1 : 0;
        if (species.discriminativePart() != Part.CREST) {
          assertThat(sum(scene.mask(Part.CREST))).isZero();
        }
        if (species.discriminativePart() != Part.EYE_RING) {
          assertThat(sum(scene.mask(Part.EYE_RING))).isZero();
        }
        if (species.discriminativePart() != Part.WING_BARS) {
          assertThat(sum(scene.mask(Part.WING_BARS))).isZero();
        }
      }
      assertThat(seen).as(species.label()).isGreaterThanOrEqualTo(21);
    }
  }

  @Test
  void imagesHaveTheLevelsOfAFile() {
    Raster image = Aviary.draw(Species.TUFTED_RUSSET, 5, 64).image();
    assertThat(image).isEqualTo(image.quantized());
    assertThat(image.min()).isGreaterThanOrEqualTo(0);
    assertThat(image.max()).isLessThanOrEqualTo(1);
  }

  @Test
  void aImageHasASizeThatCanBeSeenAndStored() {
    assertThatThrownBy(() -> Aviary.draw(Species.RINGED_AZURE, 0, 31))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("side must be between 32 and 2048, but was 31");
  }
}
