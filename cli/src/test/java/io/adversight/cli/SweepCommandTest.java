package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.data.DrawnDigitSet;
import io.adversight.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
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
    assertThat(outcome.out()).contains("success").contains("images flip");
    assertThat(outcome.out())
        .contains("label's probability")
        .doesNotContain("kept the prediction", "goal");
    assertThat(Files.readAllLines(out.resolve("sweep.csv"))).hasSize(1 + 4 * 7);
    assertThat(ImageFiles.read(out.resolve("sweep.png")).width()).isGreaterThan(400);
    JsonNode images = Shell.json(out.resolve("result.json")).path("images");
    assertThat(images).hasSize(4);
    for (JsonNode image : images) {
      double flip = image.path("firstFlip").asDouble(Double.POSITIVE_INFINITY);
      for (JsonNode step : image.path("steps")) {
        if (step.path("epsilon").asDouble() < flip) {
          assertThat(step.path("success").asBoolean()).isFalse();
        }
      }
    }
    assertThat(out.resolve("image-digit-0-hand-0.png")).exists();
  }

  /** Without labels all that is known of an image is the network's own prediction. */
  @Test
  void saysHowManyKeptThePredictionWhereNoLabelIsKnown() throws IOException {
    Path image = folder.resolve("seven.png");
    ImageFiles.writePng(new DrawnDigitSet(0, 1, 28).image(7), image);
    Shell.Outcome outcome =
        shell.run("sweep", "--model", "digits", "--to", "0.4", "--count", "1", "--out", out, image);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines.get(0))
        .contains("kept the prediction", "first prediction's probability")
        .doesNotContain("label");
    assertThat(lines.get(1)).matches("0 +0.00 % +100.0 % .*");
    assertThat(lines.get(2)).matches("102/255 +100.0 % +0.00 % .*");
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("kept the prediction", "The classes of these images are not known");
  }

  @Test
  void goesOnWithTheBatchesThatAreMissing() throws IOException {
    assertThat(sweep("--count", "2").code()).isZero();
    JsonNode before = Shell.json(out.resolve("result.json")).path("images");
    FileTime untouched = Files.getLastModifiedTime(out.resolve("parts/0.json"));
    Files.delete(out.resolve("parts/2.json"));
    assertThat(sweep("--count", "2").code()).isZero();
    assertThat(Shell.json(out.resolve("result.json")).path("images")).isEqualTo(before);
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
