package io.adversight.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
  private static final Raster TINY = Raster.generate(1, 7, 7, (c, y, x) -> (x + y) % 2);

  @Test
  void enlargesSmallImagesInWholePixelsToAtLeast400() {
    Raster sheet = ContactSheet.of(List.of(TINY, TINY), List.of("0", "1"), 4, 56);
    assertThat(sheet.width()).isGreaterThanOrEqualTo(400);
    int side = (sheet.width() - 8) / 2;
    assertThat(side % 7).isZero();
    int times = side / 7;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        assertThat(sheet.at(0, y, x)).isEqualTo(TINY.at(0, y / times, x / times));
      }
    }
  }

  @Test
  void writesACaptionBeneathEveryImageAndCutsLongOnes() {
    Raster white = Raster.generate(1, 7, 7, (c, y, x) -> 1);
    String name = "a class of 146 letters ".repeat(7);
    Raster sheet = ContactSheet.of(Collections.nCopies(3, white), List.of("", name, ""), 3, 140);
    assertThat(inked(sheet, 0)).isFalse();
    assertThat(inked(sheet, 1)).isTrue();
    assertThat(inked(sheet, 2)).isFalse();
  }

  private static boolean inked(Raster sheet, int column) {
    int width = (sheet.width() + 8) / 3;
    for (int y = 0; y < sheet.height(); y++) {
      for (int x = column * width; x < (column + 1) * width - 8; x++) {
        if (sheet.at(0, y, x) < 0.5) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void needsAsManyCaptionsAsImages() {
    assertThatThrownBy(() -> ContactSheet.of(List.of(TINY), List.of(), 1, 56))
        .hasMessageContaining("as many captions");
  }
}
