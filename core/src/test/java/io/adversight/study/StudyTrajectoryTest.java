package io.adversight.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attack.SmallNetworks;
import io.adversight.attack.Trajectory;
import io.adversight.attack.problem.Norm;
import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.run.Progress;
import io.adversight.study.image.InputImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StudyTrajectoryTest {
  private static final Classifier NETWORK = SmallNetworks.randomLinear(6, 3, 5);

  private static List<Attacked> attacked(int every, List<Double> epsilons, String id) {
    Algorithm attack =
        id.equals("pgd")
            ? new Algorithm("pgd", Map.of("steps", "6", "random-start", "false"))
            : Algorithm.of(id);
    StudySpec spec =
        new StudySpec(
            new AttackSpec(List.of(attack), Norm.LINF, epsilons, OptionalInt.empty(), Set.of()),
            new ExplanationSpec(List.of(), OptionalInt.empty()),
            0,
            4);
    Study plain = new Study(spec, NETWORK);
    List<ImageResult> results = new ArrayList<>();
    Raster view = Raster.generate(1, 6, 6, (c, y, x) -> 0.4 + (x + y) / 50.0);
    List<InputImage> images =
        List.of(new InputImage("one", "one.png", "", view, OptionalInt.empty()));
    (every == 0 ? plain : plain.recording(every))
        .run(images, results::add, Progress.SILENT, new AtomicBoolean());
    return results.get(0).attacked();
  }

  @Test
  void keepsAFrameAfterEverySoManySteps() {
    List<Trajectory.Frame> trajectory = attacked(2, List.of(0.1), "pgd").get(0).trajectory();
    assertThat(trajectory).extracting(Trajectory.Frame::step).containsExactly(2, 4, 6);
    // The last frame is the result.
    Attacked result = attacked(2, List.of(0.1), "pgd").get(0);
    assertThat(trajectory.get(2).image()).isEqualTo(result.adversarial().changed());
    assertThat(trajectory.get(2).prediction().top()).isEqualTo(result.adversarial().after().top());
  }

  @Test
  void keepsTheFilmsOfSeveralEpsilonsApart() {
    List<Attacked> both = attacked(3, List.of(0.05, 0.1), "pgd");
    assertThat(both).hasSize(2);
    assertThat(both.get(0).trajectory()).extracting(Trajectory.Frame::step).containsExactly(3, 6);
    assertThat(both.get(1).trajectory()).extracting(Trajectory.Frame::step).containsExactly(3, 6);
    assertThat(both.get(0).trajectory()).isNotEqualTo(both.get(1).trajectory());
  }

  @Test
  void changesNothingAboutTheResult() {
    assertThat(attacked(1, List.of(0.1), "pgd").get(0).adversarial().changed())
        .isEqualTo(attacked(0, List.of(0.1), "pgd").get(0).adversarial().changed());
    assertThat(attacked(0, List.of(0.1), "pgd").get(0).trajectory()).isEmpty();
  }

  @Test
  void isEmptyForAnAttackWithoutSteps() {
    assertThat(attacked(1, List.of(0.1), "fgsm").get(0).trajectory()).isEmpty();
  }
}
