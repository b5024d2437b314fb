package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.image.ImageFiles;
import io.adversight.image.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FoolingImagesCommandTest {
  @TempDir Path folder;
  private Shell shell;
  private Path out;

  @BeforeEach
  void open() {
    shell = new Shell(folder);
    out = folder.resolve("out");
  }

  @Test
  void climbsToImagesThatTheNetworkIsSureOf() throws IOException {
    Shell.Outcome outcome =
        shell.run(
            "fooling-images",
            "--model",
            "digits",
            "--class",
            "3,7",
            "--confidence",
            "0.95",
            "--out",
            out);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("report: ");
    JsonNode images = Shell.json(out.resolve("result.json")).path("images");
    assertThat(images).hasSize(2);
    for (JsonNode image : images) {
      assertThat(image.path("confidence").asDouble()).isGreaterThan(0.9);
    }
    assertThat(Npy.read(out.resolve("images/0001-7.npy")).toString())
        .isEqualTo("Raster(1, 28, 28)");
    assertThat(Files.readAllLines(out.resolve("generated.csv"))).hasSize(3);
    assertThat(ImageFiles.read(out.resolve("gallery.png")).width()).isEqualTo(2 * 112 + 10);
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("data:image/png;base64,")
        .doesNotContain("<script");
  }

  @Test
  void breedsForAllClassesAtOnceAndKeepsTheLineage() throws IOException {
    Shell.Outcome outcome =
        shell.run(
            "fooling-images",
            "--model",
            "digits",
            "--generator",
            "evolved-images",
            "--generations",
            "12",
            "--children",
            "12",
            "--out",
            out);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode images = Shell.json(out.resolve("result.json")).path("images");
    assertThat(images).hasSize(10);
    int bred = 0;
    for (JsonNode image : images) {
      int ancestors = image.path("ancestors").asInt();
      Path lineage = out.resolve("lineage/" + image.path("image").asString() + ".json");
      if (ancestors > 0) {
        bred++;
        JsonNode all = Shell.json(lineage);
        assertThat(all).hasSize(ancestors);
        assertThat(all.path(0).path("generation").asInt())
            .isLessThanOrEqualTo(all.path(ancestors - 1).path("generation").asInt());
        assertThat(out.resolve("lineage/" + image.path("image").asString() + ".png")).exists();
      } else {
        assertThat(lineage).doesNotExist();
      }
    }
    assertThat(bred).isPositive();
    assertThat(out.resolve("checkpoint")).doesNotExist();
  }

  @Test
  void tellsHowSureTheNetworkIsOfNoise() {
    Shell.Outcome outcome =
        shell.run(
            "fooling-images",
            "--model",
            "digits",
            "--generator",
            "gaussian-noise-images",
            "--each",
            "2",
            "--json",
            "--out",
            out);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode statistics = outcome.json().path("statistics");
    assertThat(statistics.path("images").asInt()).isEqualTo(20);
    double sum = 0;
    for (JsonNode image : outcome.json().path("images")) {
      sum += image.path("top").path(0).path("probability").asDouble();
    }
    assertThat(statistics.path("mean").asDouble()).isCloseTo(sum / 20, within(1e-9));
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    assertThat(
            shell.run("fooling-images", "--model", "digits", "--class", "11", "--out", out).err())
        .contains("from 0 to 9");
    assertThat(
            shell
                .run("fooling-images", "--model", "digits", "--generator", "pgd", "--out", out)
                .err())
        .contains("unknown generator \"pgd\"");
    assertThat(shell.run("fooling-images", "--model", "digits", "--each", "0", "--out", out).err())
        .contains("--each must be at least 1");
    assertThat(out).doesNotExist();
  }
}
