package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SweepCommandTest {
  @TempDir Path folder;
  private Shell shell;
  private Path out;

  @BeforeEach
  void open() {
    shell = new Shell(folder);
    out = folder.resolve("out");
  }

  private Shell.Outcome sweep(Object... more) {
    Object[] words = {
      "sweep", "--model", "digits", "--batch", "2", "--out", out, "drawn-digits:0-3"
    };
    Object[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return shell.run(all);
  }

  @Test
  void writesTheTableThePlotsAndTheFirstFlips() throws IOException {
    Shell.Outcome outcome = sweep("--to", "0.3", "--count", "6", "--rounding");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("goal reached").contains("pictures flip");
    assertThat(Files.readAllLines(out.resolve("sweep.csv"))).hasSize(1 + 4 * 7);
    assertThat(ImageFiles.read(out.resolve("sweep.png")).width()).isGreaterThan(400);
    JsonNode pictures = Shell.json(out.resolve("result.json")).path("pictures");
    assertThat(pictures).hasSize(4);
    for (JsonNode picture : pictures) {
      double flip = picture.path("firstFlip").asDouble(Double.POSITIVE_INFINITY);
      for (JsonNode step : picture.path("steps")) {
        if (step.path("epsilon").asDouble() < flip) {
          assertThat(step.path("success").asBoolean()).isFalse();
        }
      }
    }
    assertThat(out.resolve("picture-digit-0-hand-0.png")).exists();
  }

  @Test
  void goesOnWithTheBatchesThatAreMissing() throws IOException {
    assertThat(sweep("--count", "2").code()).isZero();
    JsonNode before = Shell.json(out.resolve("result.json")).path("pictures");
    FileTime untouched = Files.getLastModifiedTime(out.resolve("parts/0.json"));
    Files.delete(out.resolve("parts/2.json"));
    assertThat(sweep("--count", "2").code()).isZero();
    assertThat(Shell.json(out.resolve("result.json")).path("pictures")).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(out.resolve("parts/0.json"))).isEqualTo(untouched);
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    assertThat(sweep("--count", "0").err()).contains("--count must be at least 1, but was 0");
    assertThat(sweep("--to", "8").err()).contains("did you mean 8/255?");
    assertThat(sweep("--epsilon", "1/255,x").err()).contains("epsilon must be a number");
    assertThat(sweep("--target", "11").err()).contains("from 0 to 9");
    assertThat(out).doesNotExist();
  }
}
