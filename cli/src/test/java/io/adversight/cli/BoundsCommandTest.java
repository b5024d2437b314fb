package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class BoundsCommandTest {
  @TempDir Path folder;

  @Test
  void setsLowerBoundsBesideTheAttackAndGoesOn() throws IOException {
    Shell shell = new Shell(folder);
    Path out = folder.resolve("out");
    Object[] words = {
      "bounds",
      "--model",
      "digits",
      "--bound",
      "lipschitz-product,certified-radius,clever",
      "--method",
      "interval",
      "--batches",
      "5",
      "--samples",
      "8",
      "--radius",
      "3",
      "--attack",
      "fgsm",
      "--vnnlib",
      "2/255",
      "--out",
      out,
      "drawn-digits:0-1"
    };
    Shell.Outcome outcome = shell.run(words);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("certified-radius").contains("clever").contains("attack L2");
    JsonNode images = Shell.json(out.resolve("result.json")).path("images");
    assertThat(images).hasSize(2);
    for (JsonNode image : images) {
      double before = 0;
      for (JsonNode bound : image.path("bounds")) {
        // From the loosest proof to the estimate.
        assertThat(bound.path("score").asDouble()).isGreaterThan(before);
        before = bound.path("score").asDouble();
      }
      assertThat(image.path("attack").asDouble()).isGreaterThan(before);
      assertThat(image.path("consistent").asBoolean()).isTrue();
    }
    assertThat(Files.readAllLines(out.resolve("bounds.csv"))).hasSize(3);
    assertThat(out.resolve("vnnlib/digit-1-hand-0.vnnlib")).isNotEmptyFile();
    assertThat(shell.run("layers", "--model", out.resolve("vnnlib/network.onnx")).code()).isZero();
    FileTime untouched = Files.getLastModifiedTime(out.resolve("parts/0.json"));
    Files.delete(out.resolve("parts/1.json"));
    assertThat(shell.run(words).code()).isZero();
    assertThat(Shell.json(out.resolve("result.json")).path("images")).isEqualTo(images);
    assertThat(Files.getLastModifiedTime(out.resolve("parts/0.json"))).isEqualTo(untouched);
  }

  @Test
  void noCertifiedRadiusExceedsTheSmallestAdversarialPerturbationFound() throws IOException {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        new Shell(folder)
            .run(
                "bounds",
                "--model",
                "digits-standard",
                "--norm",
                "linf",
                "--attack",
                "fast-minimum-norm",
                "--steps",
                "20",
                "--out",
                out,
                "drawn-digits:0-19");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode images = Shell.json(out.resolve("result.json")).path("images");
    assertThat(images).hasSize(20);
    for (JsonNode image : images) {
      double certified = image.path("bounds").path(0).path("score").asDouble();
      assertThat(certified).isPositive().isLessThan(image.path("attack").asDouble());
    }
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    Shell shell = new Shell(folder);
    assertThat(problem(shell, "clever", "--samples", "0")).contains("samples must be at least 1");
    assertThat(problem(shell, "clever", "--norm", "l0")).contains("norm must be l2, linf or l1");
    assertThat(problem(shell, "certified-radius", "--norm", "l0"))
        .contains("norm must be linf, l2 or l1");
  }

  private static String problem(Shell shell, String bound, String option, String value) {
    return shell
        .run("bounds", "--model", "digits", "--bound", bound, option, value, "drawn-digits:0")
        .err();
  }
}
