package io.adversight.lab.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.image.Raster;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThinnedTrajectoryTest {
  private static Raster numbered(int i) {
    return Raster.map(1, 1, new float[] {i});
  }

  @Test
  void thinsALongProcessEvenlyAndKeepsBothEnds() {
    ThinnedTrajectory trajectory = new ThinnedTrajectory(10);
    for (int i = 0; i <= 1000; i++) {
      trajectory.add(numbered(i), i);
    }
    trajectory.end(numbered(1001));
    List<ThinnedTrajectory.Step> steps = trajectory.steps();
    assertThat(steps).hasSize(10);
    assertThat(steps.get(0).iteration()).isZero();
    assertThat(steps.get(9).image()).isEqualTo(numbered(1001));
    for (int i = 1; i < 9; i++) {
      int gap = steps.get(i).iteration() - steps.get(i - 1).iteration();
      assertThat(gap).isBetween(50, 200);
    }
  }

  @Test
  void keepsEveryImageOfAShortProcess() {
    ThinnedTrajectory trajectory = new ThinnedTrajectory(10);
    for (int i = 0; i <= 5; i++) {
      trajectory.add(numbered(i), i);
    }
    trajectory.end(numbered(5));
    assertThat(trajectory.steps().stream().map(ThinnedTrajectory.Step::iteration))
        .containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void curvesGoFromCoarseToFineThroughEveryPoint() {
    for (int count = 1; count <= 101; count++) {
      List<Integer> order = CurvesResponder.coarseToFine(count);
      assertThat(order)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count).boxed().toList());
      assertThat(order.get(0)).isZero();
    }
    assertThat(CurvesResponder.coarseToFine(9).subList(0, 5)).containsExactly(0, 8, 4, 2, 6);
  }
}
