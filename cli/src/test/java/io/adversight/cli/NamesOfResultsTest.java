package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.image.ImageFiles;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No result takes the place of another because two things are called the same. */
class NamesOfResultsTest {
  @TempDir Path folder;
  private Shell shell;
  private Path images;

  @BeforeEach
  void draw() throws IOException {
    shell = new Shell(folder);
    images = folder.resolve("images");
    for (String name : List.of("3/猫.png", "3/犬.png", "8/猫.png", "8/" + "x".repeat(230) + ".png")) {
      Path file = images.resolve(name);
      Files.createDirectories(file.getParent());
      int seed = name.hashCode() & 7;
      Raster image = Raster.generate(1, 28, 28, (c, y, x) -> (x + seed) % 9 / 9.0);
      ImageFiles.writePng(image, file);
    }
  }

  private static List<String> names(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .sorted()
          .toList();
    }
  }

  @Test
  void sweepDrawsEveryImage() throws IOException {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        shell.run("sweep", "--model", "digits", "--count", "1", "--out", out, images);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(names(out, ".png").stream().filter(name -> name.startsWith("image-")))
        .hasSize(4)
        .contains("image-猫.png", "image-猫-2.png", "image-犬.png");
  }

  @Test
  void applyWritesEveryImage() throws IOException {
    Path change = folder.resolve("change.npy");
    Npy.write(Raster.generate(1, 28, 28, (c, y, x) -> 0.01), change);
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        shell.run(
            "universal", "apply", "--model", "digits", "--change", change, "--out", out, images);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(names(out, ".npy")).hasSize(4).contains("猫.npy", "猫-2.npy", "犬.npy");
  }

  @Test
  void attackKeepsEveryImageOfItsFolders() throws IOException {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        shell.run(
            "attack",
            "--model",
            "digits",
            "--attack",
            "fgsm",
            "--method",
            "none",
            "--out",
            out,
            images.resolve("3"),
            images.resolve("8"));

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(Shell.json(out.resolve("result.json")).path("images")).hasSize(4);
    assertThat(out.resolve("猫")).isDirectory();
    assertThat(out.resolve("猫-2")).isDirectory();
  }
}
