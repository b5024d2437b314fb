package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.data.DrawnDigits;
import io.adversight.image.ImageFiles;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class UniversalCommandTest {
  @TempDir Path folder;
  private Shell shell;
  private Path out;

  @BeforeEach
  void open() {
    shell = new Shell(folder);
    out = folder.resolve("out");
  }

  private Shell.Outcome craft(Object... more) {
    Object[] words = {"universal", "craft", "--model", "digits", "--epsilon", "0.25", "--out", out};
    Object[] all = java.util.Arrays.copyOf(words, words.length + more.length + 1);
    System.arraycopy(more, 0, all, words.length, more.length);
    all[all.length - 1] = "drawn-digits:0-11";
    return shell.run(all);
  }

  @Test
  void makesMeasuresAndAppliesAPerturbation() throws IOException {
    Shell.Outcome made =
        craft("--passes", "1", "--made-on", "5", "--inner", "deep-fool(candidates=2)");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).contains("made on").contains("others");
    Raster delta = Npy.read(out.resolve("universal.npy"));
    assertThat((double) Math.max(delta.max(), -delta.min())).isCloseTo(0.25, within(1e-6));
    assertThat(ImageFiles.read(out.resolve("examples.png")).width()).isGreaterThan(6 * 28);
    assertThat(out.resolve("checkpoint")).doesNotExist();
    JsonNode result = Shell.json(out.resolve("result.json"));
    assertThat(result.path("seen").path("fooled").path("trials").asInt()).isEqualTo(5);
    JsonNode unseen = result.path("unseen").path("fooled");
    assertThat(unseen.path("trials").asInt()).isEqualTo(7);
    int pairs = 0;
    for (String line : Files.readAllLines(out.resolve("fooling-unseen.csv")).subList(1, 2)) {
      pairs += Integer.parseInt(line.substring(line.lastIndexOf(',') + 1));
    }
    assertThat(pairs).isPositive();

    Shell.Outcome measured =
        shell.run(
            "universal",
            "measure",
            "--model",
            "digits",
            "--json",
            "--change",
            out.resolve("universal.npy"),
            "drawn-digits:0-11");
    assertThat(measured.code()).as(measured.err()).isZero();
    long fooled =
        result.path("seen").path("fooled").path("successes").asLong()
            + unseen.path("successes").asLong();
    assertThat(measured.json().path("fooled").path("successes").asLong()).isEqualTo(fooled);

    Path large = folder.resolve("large.png");
    ImageFiles.writePng(Raster.generate(3, 60, 50, (c, y, x) -> 0.5), large);
    Path applied = folder.resolve("applied");
    Shell.Outcome own =
        shell.run(
            "universal",
            "apply",
            "--model",
            "digits",
            "--own-size",
            "--change",
            out.resolve("universal.npy"),
            "--out",
            applied,
            large);
    assertThat(own.code()).as(own.err()).isZero();
    assertThat(own.out()).contains("before").contains("after");
    assertThat(Npy.read(applied.resolve("large.npy")).toString()).isEqualTo("Raster(1, 60, 50)");
  }

  @Test
  void makesAPatchThatCanBeReadBack() {
    Shell.Outcome made =
        craft("--attack", "adversarial-patch", "--target", "3", "--steps", "20", "--batch", "2");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(Shell.json(out.resolve("universal.json")).path("kind").asString())
        .isEqualTo("patch");
    Path seven = folder.resolve("seven.png");
    Raster drawn = DrawnDigits.draw(7, 3);
    ImageFiles.writePng(drawn, seven);
    Path applied = folder.resolve("applied");
    Shell.Outcome put =
        shell.run(
            "universal",
            "apply",
            "--model",
            "digits",
            "--change",
            out.resolve("universal.npy"),
            "--out",
            applied,
            seven);
    assertThat(put.code()).as(put.err()).isZero();
    assertThat(Npy.read(applied.resolve("seven.npy"))).isNotEqualTo(drawn.quantized());
  }

  @Test
  void drawsTheCurveAndGoesOnWithMissingNumbers() throws IOException {
    Object[] words = {
      "universal",
      "curve",
      "--model",
      "digits",
      "--epsilon",
      "0.25",
      "--attack",
      "perturbation-sum",
      "--inner",
      "deep-fool(candidates=2)",
      "--made-on",
      "4",
      "--numbers",
      "1,2,4",
      "--out",
      out,
      "drawn-digits:0-7"
    };
    Shell.Outcome first = shell.run(words);
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(Files.readAllLines(out.resolve("curve.csv"))).hasSize(4);
    assertThat(ImageFiles.read(out.resolve("curve.png")).width()).isGreaterThan(300);
    JsonNode points = Shell.json(out.resolve("result.json")).path("points");
    FileTime untouched = Files.getLastModifiedTime(out.resolve("parts/1.json"));
    Files.delete(out.resolve("parts/2.json"));
    assertThat(shell.run(words).code()).isZero();
    assertThat(Shell.json(out.resolve("result.json")).path("points")).isEqualTo(points);
    assertThat(Files.getLastModifiedTime(out.resolve("parts/1.json"))).isEqualTo(untouched);
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    assertThat(craft("--made-on", "12").err()).contains("1 to 11, but got 12");
    assertThat(craft("--inner", "deep-fool(candidates)").err())
        .contains("written as deep-fool(name=value");
    assertThat(craft("--attack", "pgd").err()).contains("unknown attack \"pgd\"");
    assertThat(out).doesNotExist();
    assertThat(shell.run("universal").err()).contains("universal craft, curve, measure or apply");
  }
}
