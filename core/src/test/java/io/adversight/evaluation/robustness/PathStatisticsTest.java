package io.adversight.evaluation.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.evaluation.robustness.PathStatistics.Change;
import io.adversight.evaluation.robustness.PathStatistics.Steps;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Walks short enough to count by hand. */
class PathStatisticsTest {
  private static FrameNumbers frame(
      int step,
      int predicted,
      int seen,
      double network,
      double oracles,
      double previous,
      double start) {
    return new FrameNumbers(
        step, predicted, seen, 0, network, 0, oracles, 0, 0, 0, 0, previous, start, 0);
  }

  private static final List<FrameNumbers> NOTICED =
      List.of(
          frame(0, 7, 7, 1.0, 1.0, Double.NaN, 1),
          frame(5, 7, 9, 0.8, 0.1, 0.9, 0.9),
          frame(10, 9, 9, 0.1, 0.2, 0.2, 0.3));
  private static final List<FrameNumbers> UNNOTICED =
      List.of(
          frame(0, 7, 7, 0.9, 0.9, Double.NaN, 1),
          frame(5, 9, 9, 0.2, 0.0, 0.4, 0.4),
          frame(10, 9, 9, 0.3, 0.3, 1.0, 0.5));

  private final PathStatistics statistics = PathStatistics.of(List.of(NOTICED, UNNOTICED));

  @Test
  void meansAreTakenFrameByFrame() {
    assertThat(statistics.points())
        .extracting(PathStatistics.Point::step)
        .containsExactly(0, 5, 10);
    PathStatistics.Point middle = statistics.points().get(1);
    assertThat(middle.network()).isCloseTo(0.5, within(1e-12));
    assertThat(middle.oracles()).isCloseTo(0.05, within(1e-12));
    assertThat(middle.toPrevious()).isCloseTo(0.65, within(1e-12));
    assertThat(middle.toStart()).isCloseTo(0.65, within(1e-12));
    assertThat(statistics.points().get(0).toPrevious()).isNaN();
  }

  @Test
  void stepsAreToldApartByWhatChanges() {
    assertThat(statistics.steps())
        .containsEntry(Change.ORACLES, new Steps(1, 0.9))
        .containsEntry(Change.NETWORK, new Steps(1, 0.2))
        .containsEntry(Change.BOTH, new Steps(1, 0.4))
        .containsEntry(Change.NOTHING, new Steps(1, 1.0));
  }

  @Test
  void correlationsAreOfRanksOverAllFrames() {
    // Similarities 1, 0.9, 0.3, 1, 0.4, 0.5 have the ranks 5.5, 4, 1, 5.5, 2, 3; probabilities by
    // the network 1, 0.8, 0.1, 0.9, 0.2, 0.3 the ranks 6, 4, 1, 5, 2, 3: all but the tie agree.
    assertThat(statistics.withNetwork()).isCloseTo(17 / Math.sqrt(17 * 17.5), within(1e-12));
    // By the oracles 1, 0.1, 0.2, 0.9, 0, 0.3: ranks 6, 2, 3, 5, 1, 4.
    assertThat(statistics.withOracles()).isCloseTo(12 / Math.sqrt(17 * 17.5), within(1e-12));
  }
}
