package io.adversight.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.model.Input;
import io.adversight.tensor.Rng;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final Input INPUT = new Input(2, 5, 4);
  private static final float[] IMAGE = new Rng(1).uniform(40, 0.1, 1);

  private static float[] changed(Augmentation augmentation, float[] image, Input in, int seed) {
    float[] target = new float[image.length + 3];
    augmentation.apply(image, in, new Rng(seed), target, 3);
    float[] result = new float[image.length];
    System.arraycopy(target, 3, result, 0, result.length);
    return result;
  }

  private static float[] shifted(int dy, int dx, boolean mirrored) {
    float[] result = new float[40];
    for (int c = 0; c < 2; c++) {
      for (int y = 0; y < 5; y++) {
        for (int x = 0; x < 4; x++) {
          int fromY = y - dy;
          int fromX = mirrored ? 3 - (x - dx) : x - dx;
          if (fromY >= 0 && fromY < 5 && fromX >= 0 && fromX < 4) {
            result[(c * 5 + y) * 4 + x] = IMAGE[(c * 5 + fromY) * 4 + fromX];
          }
        }
      }
    }
    return result;
  }

  @Test
  void noChangeLeavesTheImage() {
    assertThat(changed(Augmentation.NONE, IMAGE, INPUT, 5)).containsExactly(IMAGE);
  }

  @Test
  void shiftsAreWholePixelsAndFlipsMirror() {
    Augmentation augmentation = new Augmentation(1, 0, 0, 0, true);
    Set<String> seen = new HashSet<>();
    for (int seed = 0; seed < 300; seed++) {
      float[] result = changed(augmentation, IMAGE, INPUT, seed);
      String found = "";
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          for (boolean mirrored : new boolean[] {false, true}) {
            if (Arrays.equals(result, shifted(dy, dx, mirrored))) {
              found = "%s %s %s".formatted(dy, dx, mirrored);
            }
          }
        }
      }
      assertThat(found).as("seed %d", seed).isNotEmpty();
      seen.add(found);
    }
    assertThat(seen).hasSize(18);
  }

  @Test
  void rotationTurnsAroundTheCentreByAtMostItsAngle() {
    Input in = new Input(1, 41, 41);
    float[] spot = new float[41 * 41];
    spot[20 * 41 + 35] = 1; // 15 pixels to the right of the centre
    double largest = 0;
    for (int seed = 0; seed < 60; seed++) {
      float[] turned = changed(new Augmentation(0, 30, 0, 0, false), spot, in, seed);
      double mass = 0;
      double y = 0;
      double x = 0;
      for (int i = 0; i < turned.length; i++) {
        mass += turned[i];
        y += turned[i] * (i / 41 - 20);
        x += turned[i] * (i % 41 - 20);
      }
      assertThat(Math.hypot(x / mass, y / mass)).isCloseTo(15, within(0.6));
      double angle = Math.abs(Math.toDegrees(Math.atan2(y, x)));
      assertThat(angle).isLessThan(32.5);
      largest = Math.max(largest, angle);
    }
    assertThat(largest).isGreaterThan(24);
  }

  @Test
  void aImageChangesTheSameWayForTheSameSource() {
    Augmentation augmentation = new Augmentation(2, 20, 0.1, 0.2, true);
    float[] first = changed(augmentation, IMAGE, INPUT, 8);
    assertThat(changed(augmentation, IMAGE, INPUT, 8)).containsExactly(first);
    assertThat(changed(augmentation, IMAGE, INPUT, 9)).isNotEqualTo(first);
  }
}
