package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.model.Models;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What networks have learned, on the embedded ones. */
class VisualCommandsTest {
  @TempDir Path folder;

  private Shell.Outcome run(Object... words) {
    return new Shell(folder).run(words);
  }

  private Shell.Outcome done(Object... words) {
    Shell.Outcome outcome = run(words);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome;
  }

  @Test
  void visualizesAClassWithManifestAndReport() throws IOException {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        done("visualize --model aviary --objective class:3 --steps 2 --out".split(" "), out);
    assertThat(outcome.out()).contains("probability").contains("under transformations");
    assertThat(outcome.out()).doesNotContainPattern("\\.\\d{6}"); // a few digits of each number
    JsonNode manifest = Shell.json(out.resolve("manifest.json"));
    assertThat(manifest.path("steps").asInt()).isEqualTo(2);
    assertThat(manifest.path("images").path(0).path("file").asString()).isEqualTo("class-3.png");
    assertThat(ImageFiles.read(out.resolve("class-3.png")).width()).isEqualTo(96);
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("visualize, aviary")
        .contains("probability transformed");
  }

  private Shell.Outcome done(String[] words, Path out) {
    Object[] all = new Object[words.length + 1];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = out;
    return done(all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "visualize --model aviary --objective channel:relu9:1|layer \"relu9\" does not exist",
        "visualize --model aviary --objective channel:relu2:24|channels 0 to 23, but \"24\"",
        "visualize --model aviary --objective neuron:relu5:1:6:0|rows 0 to 5, but \"6\"",
        "visualize --model aviary --objective colour:relu2|there is no objective \"colour:relu2\"",
        "invert aviary:0 --model aviary --layer relu9|layer \"relu9\" does not exist",
        "dream aviary:1200 --model aviary|aviary has the images 0 to 1199",
        "activations aviary:0-3 --model aviary|one image is needed, such as aviary:0",
        "weights --model aviary --layer relu1|\"relu1\" is no convolution"
      })
  void saysWhatIsAllowed(String command, String expected) {
    Path out = folder.resolve("out");
    Object[] words = (command + " --out " + out).split(" ");
    Shell.Outcome outcome = run(words);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().lines().findFirst().orElse("")).contains(expected);
    assertThat(out).doesNotExist();
  }

  @Test
  void listsThePartsAndTheirParametersInTheHelp() {
    assertThat(done("visualize", "--help").out())
        .contains("logit:NAME")
        .contains("--random-scale.least")
        .contains("--transformations");
  }

  @ParameterizedTest
  @ValueSource(strings = {"invert", "caricature"})
  void makesImagesOfAnotherSizeThanTheNetworks(String command) {
    Path out = folder.resolve(command);
    done(
        (command + " aviary:2 --model aviary --layer relu3 --steps 2 --image-size 64 --out")
            .split(" "),
        out);
    Raster made = ImageFiles.read(out.resolve("relu3.png"));
    assertThat(List.of(made.height(), made.width())).containsExactly(64, 64);
  }

  @Test
  void saysThatNoGradientReachesThePhoto() {
    String words =
        "neuron-projection aviary:0 --model aviary --objective neuron:relu1:%d:0:0 --out";
    assertThat(done(words.formatted(0).split(" "), folder.resolve("dead")).out())
        .contains("gradient, guided: 0 everywhere, so all grey");
    assertThat(done(words.formatted(2).split(" "), folder.resolve("alive")).out())
        .doesNotContain("0 everywhere");
  }

  @Test
  void findsAndShowsPatchesOfADataSet() {
    Path index = folder.resolve("index");
    done("patches", "build", "--model", "aviary", "--index", index, "aviary:0-5");
    Path out = folder.resolve("patches");
    done("patches", "show", "relu3:1", "--model", "aviary", "--index", index, "--out", out);
    JsonNode sheet = Shell.json(out.resolve("manifest.json")).path("images").path(0);
    assertThat(sheet.path("images").path(0).asString()).matches("aviary:[0-5]");
    assertThat(sheet.path("places")).hasSize(6);
  }

  @Test
  void makesTheImagesOfAPageByOneCommand() throws IOException {
    Path page = folder.resolve("page.gallery");
    Files.writeString(
        page,
        """
        # two images
        filters.png = weights --model aviary
        dream.jpg = dream aviary:1 --model aviary --octaves 1 --steps 1
        """);
    Path out = folder.resolve("images");
    done("gallery", page, "--width", 60, "--out", out);
    assertThat(ImageFiles.read(out.resolve("filters.png")).width()).isEqualTo(60);
    assertThat(ImageFiles.read(out.resolve("dream.jpg")).height()).isEqualTo(60);
    assertThat(run("gallery", page, "--only", "other.png").err())
        .contains("there is no image \"other.png\"; those are filters.png, dream.jpg");
    assertThat(out.resolve("results")).doesNotExist();
    Files.writeString(page, "filters of all = weights --model aviary\n");
    assertThat(run("gallery", page).err()).contains("line 1: expected NAME.png = COMMAND");
    Files.writeString(page, "dream.png = dream {birds}/images --model aviary\n");
    assertThat(run("gallery", page).err()).contains("line 1: no line above makes {birds}");
  }

  @Test
  void goesOnWithTheMissingImagesOfAPage() throws IOException {
    Path page = folder.resolve("page.gallery");
    Path out = folder.resolve("images");
    Path birds = out.resolve("results").resolve("birds");
    Files.writeString(
        page,
        """
        birds = data aviary --count 12
        filters.png = weights --model aviary
        dream.png = dream {birds}/images/none.png --model aviary --octaves 1 --steps 1
        """);
    assertThat(run("gallery", page, "--out", out).code()).isEqualTo(2);
    assertThat(birds).isDirectory();
    Path drawn = anyFile(birds.resolve("images"));
    Files.createDirectories(out.resolve("results").resolve("dream"));
    Files.copy(drawn, birds.resolve("images").resolve("none.png"));
    Shell.Outcome again = done("gallery", page, "--out", out, "--keep");
    assertThat(again.out()).contains("dream.png = ").doesNotContain("filters.png = ");
    assertThat(out.resolve("results").resolve("dream").resolve("manifest.json")).exists();
    assertThat(out.resolve("dream.png")).exists();
  }

  private static Path anyFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "channel-shift aviary:2 aviary:3 --top 1 --layer relu3|channel-.*-way\\.gif",
        "class-visualization aviary:2|class-way\\.gif",
        "training-history MODEL --objective channel:relu3:1|channel-relu3-1-001-way\\.gif"
      })
  void savesFramesOnRequest(String command, String file) throws IOException {
    Path model = folder.resolve("aviary.onnx");
    try (InputStream network =
        Models.class.getResourceAsStream("/io/adversight/models/aviary.onnx")) {
      Files.copy(Objects.requireNonNull(network), model);
    }
    Path out = folder.resolve("frames");
    String common = " --model aviary --steps 2 --frames 2 --out " + out;
    done((Object[]) (command.replace("MODEL", model.toString()) + common).split(" "));
    try (Stream<Path> files = Files.list(out)) {
      assertThat(
              files.map(path -> path.getFileName().toString()).filter(name -> name.matches(file)))
          .hasSize(1);
    }
  }

  @Test
  void putsAClassBesideItsExplanationOnAPage() throws IOException {
    Path out = folder.resolve("class-visualization");
    done("class-visualization", "aviary:2", "--model", "aviary", "--steps", 1, "--out", out);
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("class-visualization, aviary")
        .contains("grad-cam");
  }

  @Test
  void decodesAImageByATrainedDecoder() {
    Path decoder = folder.resolve("decoder.onnx");
    Shell.Outcome trained =
        done(
            "train-decoder",
            "--model",
            "aviary",
            "--layer",
            "pool4",
            "--images",
            32,
            "--epochs",
            1,
            "--width",
            16,
            "--out",
            decoder);
    assertThat(trained.out()).contains("squared error of a pixel");
    Path out = folder.resolve("decoded");
    done(
        "invert",
        "aviary:2",
        "--model",
        "aviary",
        "--layer",
        "pool4",
        "--decoder",
        decoder,
        "--out",
        out);
    assertThat(ImageFiles.read(out.resolve("pool4.png")).width()).isEqualTo(96);
    assertThat(
            run("invert", "aviary:2", "--model", "aviary", "--layer", "pool3", "--decoder", decoder)
                .code())
        .isEqualTo(2);
  }
}
