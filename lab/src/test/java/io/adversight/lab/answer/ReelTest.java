package io.adversight.lab.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.image.Raster;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReelTest {
  private static Raster numbered(int i) {
    return Raster.map(1, 1, new float[] {i});
  }

  @Test
  void thinsALongProcessEvenlyAndKeepsBothEnds() {
    Reel reel = new Reel(10);
    for (int i = 0; i <= 1000; i++) {
      reel.add(numbered(i), i);
    }
    reel.end(numbered(1001));
    List<Reel.Shot> shots = reel.shots();
    assertThat(shots).hasSize(10);
    assertThat(shots.get(0).iteration()).isZero();
    assertThat(shots.get(9).picture()).isEqualTo(numbered(1001));
    for (int i = 1; i < 9; i++) {
      int gap = shots.get(i).iteration() - shots.get(i - 1).iteration();
      assertThat(gap).isBetween(50, 200);
    }
  }

  @Test
  void keepsEveryPictureOfAShortProcess() {
    Reel reel = new Reel(10);
    for (int i = 0; i <= 5; i++) {
      reel.add(numbered(i), i);
    }
    reel.end(numbered(5));
    assertThat(reel.shots().stream().map(Reel.Shot::iteration)).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void curvesGoFromCoarseToFineThroughEveryPoint() {
    for (int count = 1; count <= 101; count++) {
      List<Integer> order = Curves.coarseToFine(count);
      assertThat(order)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count).boxed().toList());
      assertThat(order.get(0)).isZero();
    }
    assertThat(Curves.coarseToFine(9).subList(0, 5)).containsExactly(0, 8, 4, 2, 6);
  }
}
