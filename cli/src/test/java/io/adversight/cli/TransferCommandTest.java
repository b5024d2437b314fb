package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.data.DrawnDigits;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TransferCommandTest {
  @TempDir Path folder;
  private Shell shell;
  private Path drawings;
  private Path out;

  @BeforeEach
  void draw() {
    shell = new Shell(folder);
    drawings = folder.resolve("drawings");
    out = folder.resolve("out");
    for (int digit = 0; digit < 10; digit++) {
      ImageFiles.writePng(
          DrawnDigits.draw(digit, 4), drawings.resolve(Integer.toString(digit)).resolve("a.png"));
    }
  }

  private Shell.Outcome transfer(Object... more) {
    Object[] words = {
      "transfer",
      "--models",
      "digits,digits",
      "--attack",
      "fgsm",
      "--epsilon",
      "0.2",
      "--batch",
      "4",
      "--out",
      out,
      drawings
    };
    Object[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return shell.run(all);
  }

  @Test
  void writesTableHeatMapAndJson() throws IOException {
    Shell.Outcome outcome = transfer();
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("attacked \\ seen by").contains("%");
    JsonNode rows = Shell.json(out.resolve("result.json")).path("rows");
    assertThat(rows).hasSize(2);
    JsonNode own = rows.path(0).path("cells").path(0);
    assertThat(own.path("right").path("trials").asInt()).isEqualTo(10);
    assertThat(own.path("fooled").path("successes").asInt()).isPositive();
    // The same network twice: every cell is the same.
    assertThat(rows.path(1).path("cells").path(0)).isEqualTo(own);
    assertThat(Files.readAllLines(out.resolve("transfer.csv"))).hasSize(5);
    Raster heatMap = ImageFiles.read(out.resolve("transfer.png"));
    assertThat(heatMap.width()).isGreaterThan(300);
    assertThat(heatMap.min()).isLessThan(0.5f);
  }

  @Test
  void goesOnWithTheBatchesThatAreMissing() throws IOException {
    assertThat(transfer().code()).isZero();
    JsonNode before = Shell.json(out.resolve("result.json")).path("rows");
    FileTime untouched = Files.getLastModifiedTime(out.resolve("parts/0-0.json"));
    Files.delete(out.resolve("parts/1-4.json"));
    assertThat(transfer().code()).isZero();
    assertThat(Shell.json(out.resolve("result.json")).path("rows")).isEqualTo(before);
    assertThat(out.resolve("parts/1-4.json")).exists();
    assertThat(Files.getLastModifiedTime(out.resolve("parts/0-0.json"))).isEqualTo(untouched);
    Shell.Outcome other = transfer("--seed", "1");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("holds the results of another study");
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    Shell.Outcome fit = transfer("--fit", "squash");
    assertThat(fit.code()).isEqualTo(2);
    assertThat(fit.err()).contains("--fit must be down-size, centre-crop");
    Shell.Outcome size = transfer("--input", "20000");
    assertThat(size.code()).isEqualTo(2);
    assertThat(size.err().lines()).hasSize(1);
    Shell.Outcome several =
        shell.run("transfer", "--models", "digits", "--attack", "fgsm,pgd", "x");
    assertThat(several.err()).contains("--attack takes one name here");
    assertThat(out).doesNotExist();
  }
}
