package io.adversight.defense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.catalog.Catalog;
import io.adversight.catalog.Entry;
import io.adversight.catalog.Kind;
import io.adversight.data.DrawnDigits;
import io.adversight.image.Raster;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DefenseTest {
  private final Raster digit = DrawnDigits.draw(3, 0);

  @Test
  void everyDefenseGivesAImageOfTheSameSizeInTheUnitInterval() {
    for (Entry<?> entry : Catalog.entries(Kind.DEFENSE)) {
      for (Raster image : new Raster[] {digit, digit.toRgb()}) {
        Raster defended = ((Defense) entry.create()).of(image);
        assertThat(defended.channels()).isEqualTo(image.channels());
        assertThat(defended.height()).isEqualTo(image.height());
        assertThat(defended.width()).isEqualTo(image.width());
        assertThat(defended.min()).isBetween(0f, 1f);
        assertThat(defended.max()).isBetween(0f, 1.000001f);
        assertThat(defended).as(entry.id()).isNotEqualTo(image);
      }
    }
  }

  @Test
  void oneBitLeavesTwoLevels() {
    Set<Float> levels = new TreeSet<>();
    for (float value : new BitDepth(1).of(digit).toArray()) {
      levels.add(value);
    }
    assertThat(levels).containsExactly(0f, 1f);
  }

  @Test
  void theMedianRemovesASinglePixelAndKeepsAnEdge() {
    Raster image = Raster.generate(1, 5, 6, (c, y, x) -> x >= 3 || (x == 1 && y == 2) ? 1 : 0);
    Raster expected = Raster.generate(1, 5, 6, (c, y, x) -> x >= 3 ? 1 : 0);
    assertThat(new MedianBlur(3).of(image)).isEqualTo(expected);
  }

  @Test
  void theGaussianSpreadsAPointAsItsDensity() {
    Raster point = Raster.generate(1, 41, 41, (c, y, x) -> x == 20 && y == 20 ? 1 : 0);
    Raster blurred = new GaussianSmoothing(2).of(point);
    double total = 0;
    for (float value : blurred.toArray()) {
      total += value;
    }
    assertThat(total).isCloseTo(1, within(1e-5));
    assertThat((double) blurred.at(0, 20, 20)).isCloseTo(1 / (2 * Math.PI * 4), within(1e-4));
    assertThat((double) blurred.at(0, 22, 20) / blurred.at(0, 20, 20))
        .isCloseTo(Math.exp(-0.5), within(1e-5));
  }

  @Test
  void aBetterJpegLosesLess() {
    assertThat(distance(new Jpeg(95))).isLessThan(distance(new Jpeg(20)));
    assertThat(distance(new Jpeg(95))).isPositive();
    assertThatThrownBy(() -> new Jpeg(0)).hasMessageContaining("quality");
  }

  private double distance(Defense defense) {
    Raster changed = defense.of(digit);
    double sum = 0;
    for (int y = 0; y < digit.height(); y++) {
      for (int x = 0; x < digit.width(); x++) {
        sum += Math.abs(changed.at(0, y, x) - digit.at(0, y, x));
      }
    }
    return sum;
  }
}
