package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CorruptionsCommandTest {
  @TempDir Path folder;
  private Shell shell;
  private Path out;

  @BeforeEach
  void open() {
    shell = new Shell(folder);
    out = folder.resolve("out");
  }

  private Shell.Outcome corrupt(String corruptions, Object... more) {
    Object[] words = {
      "corruptions",
      "--model",
      "digits",
      "--attack",
      "fgsm",
      "--epsilon",
      "0.25",
      "--corruption",
      corruptions,
      "--batch",
      "5",
      "--out",
      out,
      "drawn-digits:0-9"
    };
    Object[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return shell.run(all);
  }

  @Test
  void givesNoShareWhereNoImageIsAdversarial() throws IOException {
    Shell.Outcome outcome =
        shell.run(
            (Object[])
                ("corruptions --model digits --attack fgsm --epsilon 1/255 --corruption brightness"
                        + " drawn-digits:0-1 --out "
                        + out)
                    .split(" "));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).containsPattern("brightness +- +0 +100\\.0 % +2");
    JsonNode destroyed =
        Shell.json(out.resolve("result.json")).path("corruptions").path(0).path("destroyed");
    assertThat(destroyed.path("rate").isNull()).isTrue();
    assertThat(Files.readAllLines(out.resolve("corruptions.csv")).get(1))
        .endsWith(",0,0,,,,2,2,1.0");
  }

  @Test
  void undoesNothingWhereNothingIsDistorted() {
    // Brightness +0 changes nothing: no adversarial image is undone, every clean one is kept.
    Shell.Outcome outcome = corrupt("brightness", "--low", "0", "--high", "0");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("destroyed").contains("kept");
    JsonNode rates = Shell.json(out.resolve("result.json")).path("corruptions").path(0);
    assertThat(rates.path("destroyed").path("trials").asInt()).isPositive();
    assertThat(rates.path("destroyed").path("successes").asInt()).isZero();
    assertThat(rates.path("kept").path("rate").asDouble()).isEqualTo(1);
  }

  @Test
  void goesOnWithTheBatchesThatAreMissing() throws IOException {
    assertThat(corrupt("gaussian-blur,contrast").code()).isZero();
    assertThat(Files.readAllLines(out.resolve("corruptions.csv"))).hasSize(3);
    JsonNode before = Shell.json(out.resolve("result.json")).path("corruptions");
    FileTime untouched = Files.getLastModifiedTime(out.resolve("parts/0.json"));
    Files.delete(out.resolve("parts/5.json"));
    assertThat(corrupt("gaussian-blur,contrast").code()).isZero();
    assertThat(Shell.json(out.resolve("result.json")).path("corruptions")).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(out.resolve("parts/0.json"))).isEqualTo(untouched);
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    assertThat(corrupt("fog").err()).contains("unknown corruption \"fog\"").contains("brightness");
    assertThat(corrupt("contrast", "--low", "2").err()).contains("contrast must be a range");
    assertThat(out).doesNotExist();
  }
}
