package io.adversight.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.EngineChoice;
import io.adversight.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproductionTest {
  private static final RunOptions BIRDS =
      new RunOptions(true, Optional.of("aviary"), Optional.of("aviary:0-2"));

  @TempDir Path folder;

  private DataHome home() {
    return new DataHome(folder.resolve("home"), List.of());
  }

  private Reproduction open(RunOptions options, String parent) {
    return new Reproduction(Experiments.named("advis-epsilon"), options, folder.resolve(parent));
  }

  private Measured measure(String parent, Run run) {
    return open(BIRDS, parent).measure(home(), run);
  }

  @Test
  void goesOnWhereItWasStoppedAndFindsTheSame() throws IOException {
    Run stopped = Run.of(1);
    Run stopping =
        stopped.with(
            (done, total, what) -> {
              if (done == 2) {
                stopped.cancel();
              }
            });
    assertThatThrownBy(() -> measure("a", stopping)).isInstanceOf(CancellationException.class);
    Path first = folder.resolve("a/advis-epsilon-quick-aviary/parts/photo-0.json");
    FileTime written = Files.getLastModifiedTime(first);
    Measured resumed = measure("a", Run.of(1));
    assertThat(Files.getLastModifiedTime(first)).isEqualTo(written);
    assertThat(resumed.numbers()).isEqualTo(measure("b", Run.of(1)).numbers());
    assertThat(Files.readString(folder.resolve("a/advis-epsilon-quick-aviary/report.html")))
        .contains("data:image/svg+xml", "holds")
        .doesNotContain("href=");
  }

  @Test
  void refusesAFolderOfOtherSettings() {
    open(BIRDS, "a");
    RunOptions images = new RunOptions(true, Optional.of("aviary"), Optional.of("aviary:0-1"));
    for (RunOptions others : List.of(images, BIRDS.on(EngineChoice.LIBTORCH))) {
      assertThatThrownBy(() -> open(others, "a"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("give another folder with --out");
    }
  }

  @Test
  void saysWhereToGetWhatIsMissing() {
    RunOptions quick = new RunOptions(true, Optional.empty(), Optional.of("aviary:0-1"));
    assertThatThrownBy(() -> open(quick, "a").measure(home(), Run.of(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("mobilenet-v1-tf is not here: put mobilenet_v1.onnx");
    RunOptions photos = new RunOptions(true, Optional.of("aviary"), Optional.empty());
    assertThatThrownBy(() -> open(photos, "b").measure(home(), Run.of(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("images/imagenet-sample are not here: fetch");
  }
}
