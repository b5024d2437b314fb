package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CleverCommandTest {
  @TempDir Path folder;

  @Test
  void setsTheEstimateBesideTheAttackAndGoesOn() throws IOException {
    Shell shell = new Shell(folder);
    Path out = folder.resolve("out");
    Object[] words = {
      "clever",
      "--model",
      "digits",
      "--batches",
      "5",
      "--samples",
      "8",
      "--radius",
      "3",
      "--attack",
      "fgsm",
      "--out",
      out,
      "drawn-digits:0-1"
    };
    Shell.Outcome outcome = shell.run(words);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("estimate L2").contains("attack L2");
    JsonNode images = Shell.json(out.resolve("result.json")).path("images");
    assertThat(images).hasSize(2);
    for (JsonNode image : images) {
      assertThat(image.path("estimate").asDouble()).isPositive();
      assertThat(image.path("attack").asDouble()).isGreaterThan(image.path("estimate").asDouble());
      assertThat(image.path("consistent").asBoolean()).isTrue();
    }
    assertThat(Files.readAllLines(out.resolve("bounds.csv"))).hasSize(3);
    FileTime untouched = Files.getLastModifiedTime(out.resolve("parts/0.json"));
    Files.delete(out.resolve("parts/1.json"));
    assertThat(shell.run(words).code()).isZero();
    assertThat(Shell.json(out.resolve("result.json")).path("images")).isEqualTo(images);
    assertThat(Files.getLastModifiedTime(out.resolve("parts/0.json"))).isEqualTo(untouched);
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    Shell shell = new Shell(folder);
    assertThat(shell.run("clever", "--model", "digits", "--samples", "0", "drawn-digits:0").err())
        .contains("samples must be at least 1");
    assertThat(shell.run("clever", "--model", "digits", "--norm", "l0", "drawn-digits:0").err())
        .contains("norm must be l2, linf or l1");
  }
}
