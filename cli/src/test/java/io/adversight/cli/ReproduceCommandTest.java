package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.experiments.Experiment;
import io.adversight.experiments.Experiments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceCommandTest {
  @TempDir Path folder;

  private Shell.Outcome run(Object... words) {
    return new Shell(folder).run(words);
  }

  private void refuses(String line, Object... words) {
    Shell.Outcome outcome = run(words);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().lines()).singleElement().asString().contains(line);
  }

  @Test
  void listsEveryExperimentWithItsCost() {
    Shell.Outcome listed = run("reproduce", "list", "--out", folder.resolve("out"));
    assertThat(listed.code()).isZero();
    assertThat(listed.out())
        .contains("minutes", "measured")
        .contains(Experiments.all().stream().map(Experiment::name).toList());
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void reportsWhatWasMeasuredBefore() throws IOException {
    Path out = folder.resolve("out");
    Shell.Outcome reported = run("reproduce", "report", "--out", out);
    assertThat(reported.out()).endsWith("report: %s%n".formatted(out.resolve("report.html")));
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("does not hold", "<details>", "data:image/svg+xml");
    assertThat(Files.readString(out.resolve("reproductions.md")))
        .isEqualTo(Files.readString(Path.of("../docs/results/reproductions.md")));
  }

  @Test
  void refusesWhatItCannotDoInOneLine() {
    Path out = folder.resolve("out");
    refuses("did you mean", "reproduce", "advis-epsilom", "--out", out);
    refuses("stands alone", "reproduce", "list", "advis-epsilon", "--out", out);
    refuses("takes no --model", "reproduce", "advis-transfer", "--model", "aviary", "--out", out);
    refuses(
        "mobilenet-v1-tf is not here",
        "reproduce",
        "advis-panda",
        "--images",
        "aviary:0-1",
        "--out",
        out);
  }
}
