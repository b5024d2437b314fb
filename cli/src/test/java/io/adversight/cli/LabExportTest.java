package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabExportTest {
  @TempDir Path folder;

  @Test
  void writesPlainFilesAndTheCommandThatMakesThemAgain() throws IOException {
    Path site = folder.resolve("site");
    Shell.Outcome outcome =
        export("--images drawn-digits:3 --epsilon 0.1,0.2 --method gradient", site);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).endsWith("open " + site.resolve("index.html") + "\n");
    assertThat(site.resolve("site.js")).isNotEmptyFile();
    assertThat(Files.readString(site.resolve("data/000.js"))).startsWith("site.receive(0, {");
    assertThat(Files.readString(site.resolve("data/contents.js")))
        .contains("adversight lab export --model digits --images drawn-digits:3");
  }

  /** What stands in front of the network is named, and the numbers are of what is behind it. */
  @Test
  void aCopyBehindADefenceSaysSo() throws IOException {
    Path plain = folder.resolve("plain");
    Path behind = folder.resolve("behind");
    String words = "--images drawn-digits:3 --epsilon 0.1 --method gradient";
    assertThat(export(words, plain).code()).isZero();
    Shell.Outcome outcome = export(words + " --defense bit-depth(bits=1)", behind);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(Files.readString(behind.resolve("data/contents.js")))
        .contains(
            "\"bit-depth(bits=1); gradients: straight-through (BPDA) for bit-depth\"",
            "--defense bit-depth(bits=1)");
    assertThat(Files.readString(plain.resolve("data/contents.js"))).contains("\"defense\":\"\"");
    assertThat(Files.readString(behind.resolve("data/000.js")))
        .isNotEqualTo(Files.readString(plain.resolve("data/000.js")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--epsilon 0.2,0.1|rise",
        "--epsilon x|epsilon must be a number",
        "--attack elastic-net|elastic-net",
        "--method gradient,grad-cam|--method takes one heat map",
        "--images drawn-digits:0-99 aviary:0-150|at most 200 images"
      })
  void leavesNothingAfterWrongInput(String words, String expected) {
    Path site = folder.resolve("site");
    Shell.Outcome outcome = export(words, site);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains(expected);
    assertThat(site).doesNotExist();
  }

  @Test
  void overwritesNothing() throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "mine");
    Shell.Outcome outcome = export("--images drawn-digits:3", folder);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("is not an empty folder");
    assertThat(folder).isDirectoryContaining(path -> path.endsWith("mine.txt"));
  }

  private Shell.Outcome export(String words, Path site) {
    String all = "lab export --model digits " + words + " --out " + site;
    return new Shell(folder).run((Object[]) all.split(" "));
  }
}
