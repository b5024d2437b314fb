package io.adversight.report.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attack.Adversarial;
import io.adversight.attack.StagedAttack;
import io.adversight.image.Raster;
import io.adversight.mutation.Mutations;
import io.adversight.study.robustness.RobustnessStore.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an attack of several stages goes on with, changed by bits, cut off, doubled. */
class DamagedStagesTest {
  @TempDir Path folder;

  @Test
  void stagesComeBackWholeOrNotAtAll() throws IOException {
    StageFiles stages = new StageFiles(folder);
    List<Stage> kept =
        List.of(
            stage(3, Optional.of(Raster.generate(1, 2, 2, (c, y, x) -> 0.5 * x))),
            stage(4, Optional.empty()));
    kept.forEach(stage -> stages.add("auto-attack", stage));
    assertThat(stages.of("auto-attack")).isEqualTo(kept);
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files).hasSize(2);
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      Mutations mutations = Mutations.ofBytes(whole);
      for (long seed = 0; seed < 200; seed++) {
        Files.write(file, mutations.input(seed));
        assertThat(kept).as("%s, seed %d", file, seed).containsAll(stages.of("auto-attack"));
      }
      Files.write(file, whole);
    }
  }

  private static Stage stage(int image, Optional<Raster> found) {
    return new Stage(
        0.1, new StagedAttack.StageState(image, 2, found), new Adversarial.Cost(1, 2, 3, 0.5));
  }
}
