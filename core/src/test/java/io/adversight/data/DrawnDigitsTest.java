package io.adversight.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.image.Raster;
import org.junit.jupiter.api.Test;

class DrawnDigitsTest {
  @Test
  void aHandAlwaysDrawsTheSameAndHandsDiffer() {
    for (int digit = 0; digit < 10; digit++) {
      assertThat(DrawnDigits.draw(digit, 3)).isEqualTo(DrawnDigits.draw(digit, 3));
      assertThat(DrawnDigits.draw(digit, 3)).isNotEqualTo(DrawnDigits.draw(digit, 4));
    }
  }

  @Test
  void theInkStaysInsideTheImage() {
    for (int hand = 0; hand < 60; hand++) {
      for (int digit = 0; digit < 10; digit++) {
        Raster image = DrawnDigits.draw(digit, hand);
        assertThat(image.max()).isEqualTo(1);
        assertThat(image.min()).isEqualTo(0);
        for (int i = 0; i < 28; i++) {
          float border =
              Math.max(
                  Math.max(image.at(0, 0, i), image.at(0, 27, i)),
                  Math.max(image.at(0, i, 0), image.at(0, i, 27)));
          assertThat(border).as("digit %d of hand %d", digit, hand).isZero();
        }
      }
    }
  }

  @Test
  void aLargeDrawingIsTheSmallOneMagnified() {
    for (int digit = 0; digit < 10; digit++) {
      Raster small = DrawnDigits.draw(digit, 7, 28);
      Raster large = DrawnDigits.draw(digit, 7, 112);
      double difference = 0;
      double ink = 0;
      for (int y = 0; y < 28; y++) {
        for (int x = 0; x < 28; x++) {
          double mean = 0;
          for (int i = 0; i < 16; i++) {
            mean += large.at(0, 4 * y + i / 4, 4 * x + i % 4) / 16.0;
          }
          difference += Math.abs(mean - small.at(0, y, x));
          ink += mean;
        }
      }
      assertThat(difference / ink).as("digit %d", digit).isCloseTo(0, within(0.1));
    }
  }

  @Test
  void onlyDigitsCanBeDrawn() {
    assertThatThrownBy(() -> DrawnDigits.draw(10, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("digit must be between 0 and 9, but was 10");
  }
}
