package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One bad image does not end the work on the others of its folder. */
class BadImagesTest {
  @TempDir Path folder;
  private Shell shell;
  private Path images;
  private Path broken;

  @BeforeEach
  void draw() throws IOException {
    shell = new Shell(folder);
    images = Files.createDirectory(folder.resolve("images"));
    for (int i = 0; i < 3; i++) {
      int shift = i;
      ImageFiles.writePng(
          Raster.generate(1, 28, 28, (c, y, x) -> (x * (shift + 1) + y) % 28 / 28.0),
          images.resolve(i + ".png"));
    }
    Files.write(images.resolve("._0.png"), new byte[] {0, 5, 22, 7});
    byte[] png = Files.readAllBytes(images.resolve("0.png"));
    broken = Files.write(images.resolve("1-broken.png"), Arrays.copyOf(png, png.length / 2));
  }

  private Shell.Outcome attack(Path out, Object... more) {
    Object[] words = {"attack", "--model", "digits", "--attack", "fgsm", "--method", "none"};
    Object[] all = Arrays.copyOf(words, words.length + 2 + more.length);
    all[words.length] = "--out";
    all[words.length + 1] = out;
    System.arraycopy(more, 0, all, words.length + 2, more.length);
    return shell.run(all);
  }

  @Test
  void predictGoesOnAndSkipsHiddenFiles() {
    Shell.Outcome outcome = shell.run("predict", "--model", "digits", images);

    assertThat(outcome.code()).isEqualTo(4);
    assertThat(outcome.out()).contains("0.png", "1.png", "2.png").doesNotContain("._0.png");
    assertThat(outcome.err()).contains("left out what could not be read", "1-broken.png");
  }

  @Test
  void attackListsWhatItLeftOut() throws IOException {
    Path out = folder.resolve("out");
    Shell.Outcome outcome = attack(out, images);

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(4);
    assertThat(outcome.err()).contains("1-broken.png");
    JsonNode result = Shell.json(out.resolve("result.json"));
    assertThat(result.path("images")).hasSize(3);
    assertThat(result.path("leftOut")).hasSize(1);
    assertThat(result.path("leftOut").path(0).path("name").asString()).isEqualTo("1-broken");
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("Images that were left out", "1-broken.png");
  }

  @Test
  void stopsWhereThatIsWishedOrTheImageWasNamed() {
    Path out = folder.resolve("out");
    assertThat(attack(out, "--stop-on-error", images).code()).isEqualTo(2);
    assertThat(attack(out, broken).code()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test
  void saysThatNothingIsLeftWhereEveryImageIsOfTheTargetClass() {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        attack(out, "--target", target(images.resolve("0.png")), images.resolve("0.png"));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("of the target class").contains("0");
    assertThat(out).doesNotExist();
  }

  /** The class that the network predicts, by its number. */
  private String target(Path image) {
    String line =
        shell
            .run("predict", "--model", "digits", image)
            .out()
            .lines()
            .skip(1)
            .findFirst()
            .orElseThrow();
    return line.strip().split("\\s+", -1)[2];
  }
}
