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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What {@code attack} and {@code explain} leave in their folder. */
class StudyFolderTest {
  @TempDir Path folder;
  private Path seven;

  @BeforeEach
  void draw() {
    seven = folder.resolve("seven.png");
    ImageFiles.writePng(DrawnDigits.draw(7, 3), seven);
  }

  private Shell.Outcome run(Object... words) {
    return new Shell(folder).run(words);
  }

  @Test
  void attacksIntoAFolderThatProgramsCanRead() throws IOException {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        run(
            "attack",
            "--model",
            "digits",
            "--attack",
            "pgd",
            "--epsilon",
            "0.2",
            "--steps",
            "10",
            "--relative-step",
            "0.2",
            "--out",
            out.toString(),
            seven.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Path place = out.resolve("seven").resolve("pgd");
    Raster adversarial = Npy.read(place.resolve("adversarial.npy"));
    assertThat(adversarial.toString()).isEqualTo("Raster(1, 28, 28)");
    Raster original = ImageFiles.read(seven);
    float[] before = original.toArray();
    float[] after = adversarial.toArray();
    for (int i = 0; i < before.length; i++) {
      assertThat(Math.abs(after[i] - before[i])).isLessThanOrEqualTo(0.2f + 1e-6f);
      assertThat(after[i]).isBetween(0f, 1f);
    }
    assertThat(place.resolve("adversarial.png")).exists();
    assertThat(place.resolve("perturbation.png")).exists();
    assertThat(place.resolve("grad-cam").resolve("difference.npy")).exists();
    Path explanation = out.resolve("seven").resolve("grad-cam");
    assertThat(Npy.read(explanation.resolve("map.npy")).toString()).isEqualTo("Raster(1, 28, 28)");
    assertThat(Npy.read(explanation.resolve("layer.npy")).height()).isEqualTo(7);
    assertThat(Npy.read(explanation.resolve("map.npy")).min()).isGreaterThanOrEqualTo(0);
    JsonNode attack =
        Shell.json(out.resolve("result.json")).path("images").path(0).path("attacks").path(0);
    assertThat(attack.path("success").asBoolean()).isTrue();
    assertThat(attack.path("norms").path("linf").asDouble()).isCloseTo(0.2, within(1e-6));
    String report = Files.readString(out.resolve("report.html"));
    assertThat(report)
        .contains("data:image/png;base64,")
        .doesNotContain("<script")
        .contains("--steps");
  }

  @Test
  void givesEveryEpsilonAFolder() {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        run(
            "attack",
            "--model",
            "digits",
            "--attack",
            "fgsm",
            "--epsilon",
            "8/255,0.1",
            "--method",
            "none",
            "--out",
            out.toString(),
            seven.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(out.resolve("seven/fgsm/epsilon-0.0313725/adversarial.npy")).exists();
    assertThat(out.resolve("seven/fgsm/epsilon-0.1/adversarial.npy")).exists();
  }

  @Test
  void filmsAnAttack() {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        run(
            "attack",
            "--model",
            "digits",
            "--attack",
            "pgd",
            "--steps",
            "5",
            "--trajectory",
            "--method",
            "none",
            "--out",
            out,
            seven);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Raster strip = ImageFiles.read(out.resolve("seven/pgd/trajectory.png"));
    assertThat(strip.width()).isGreaterThan(6 * 168);
    assertThat(ImageFiles.read(out.resolve("seven/pgd/trajectory.gif")).width()).isEqualTo(168);
    JsonNode trajectory =
        Shell.json(out.resolve("result.json"))
            .path("images")
            .path(0)
            .path("attacks")
            .path(0)
            .path("trajectory");
    assertThat(trajectory).hasSize(5);
    assertThat(trajectory.path(4).path("step").asInt()).isEqualTo(5);
  }

  @Test
  void findsTheSmallestEpsilon() {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        run(
            "attack",
            "--model",
            "digits",
            "--attack",
            "fgsm",
            "--minimal",
            "--method",
            "none",
            "--out",
            out.toString(),
            seven.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode attack =
        Shell.json(out.resolve("result.json")).path("images").path(0).path("attacks").path(0);
    double linf = attack.path("norms").path("linf").asDouble();
    assertThat(linf).isBetween(0.01, 0.9);
    Shell.Outcome within =
        run(
            "attack",
            "--model",
            "digits",
            "--attack",
            "fgsm",
            "--epsilon",
            "" + linf * 0.9,
            "--method",
            "none",
            "--json",
            "--out",
            out + "-less",
            seven.toString());
    JsonNode less = within.json();
    assertThat(less.path("images").path(0).path("attacks").path(0).path("success").asBoolean())
        .isFalse();
  }

  @Test
  void takesImagesOfADataSetWithTheirClasses() {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        run(
            "attack",
            "--model",
            "digits",
            "--attack",
            "fgsm",
            "--method",
            "graph-based-visual-saliency,itti-koch-niebur",
            "--out",
            out.toString(),
            "drawn-digits:3-4",
            "drawn-digits:4",
            seven.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode images = Shell.json(out.resolve("result.json")).path("images");
    assertThat(images).hasSize(3);
    assertThat(images.path(1).path("name").asString()).isEqualTo("drawn-digits-digit-4-hand-0");
    assertThat(images.path(1).path("labelGiven").asBoolean()).isTrue();
    Path saliency = out.resolve("drawn-digits-digit-4-hand-0/graph-based-visual-saliency/map.npy");
    assertThat(Npy.read(saliency).max()).isEqualTo(1);
    assertThat(Npy.read(saliency).min()).isGreaterThanOrEqualTo(0);
    assertThat(run("predict", "--model", "digits", "drawn-digits:0-999999").err())
        .contains("drawn-digits has the images 0 to");
  }

  @Test
  void explainsUnreducedAndReduced() {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        run(
            "explain",
            "--model",
            "digits",
            "--method",
            "gradient,grad-cam",
            "--out",
            out.toString(),
            seven.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Raster signed = Npy.read(out.resolve("seven/gradient/attribution.npy"));
    assertThat(signed.min()).isNegative();
    assertThat(Npy.read(out.resolve("seven/gradient/map.npy")).min()).isGreaterThanOrEqualTo(0);
    assertThat(out.resolve("seven/gradient/layer.npy")).doesNotExist();
  }

  @Test
  void repeatsToTheSameBytesBySeed() throws IOException {
    byte[][] images = new byte[2][];
    for (int i = 0; i < 2; i++) {
      Path out = folder.resolve("out" + i);
      run(
          "attack",
          "--model",
          "digits",
          "--method",
          "none",
          "--seed",
          "5",
          "--out",
          out.toString(),
          seven.toString());
      images[i] = Files.readAllBytes(out.resolve("seven/pgd/adversarial.npy"));
    }
    assertThat(images[0]).isEqualTo(images[1]);
  }

  @Test
  void goesOnWithAnUnfinishedFolder() throws IOException {
    Path out = folder.resolve("out");
    ImageFiles.writePng(DrawnDigits.draw(4, 1), folder.resolve("four.png"));
    String[] command = {
      "attack",
      "--model",
      "digits",
      "--attack",
      "fgsm",
      "--method",
      "none",
      "--batch",
      "1",
      "--out",
      out.toString(),
      seven.toString(),
      folder.resolve("four.png").toString()
    };
    assertThat(run((Object[]) command).code()).isZero();
    Files.delete(out.resolve("result.json"));
    try (Stream<Path> files = Files.walk(out.resolve("four"))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    java.nio.file.attribute.FileTime untouched =
        Files.getLastModifiedTime(out.resolve("seven/image.json"));
    assertThat(run((Object[]) command).code()).isZero();
    assertThat(Shell.json(out.resolve("result.json")).path("images")).hasSize(2);
    assertThat(Files.getLastModifiedTime(out.resolve("seven/image.json"))).isEqualTo(untouched);
  }

  @Test
  void refusesAFolderOfAnotherStudy() {
    Path out = folder.resolve("out");
    run("explain", "--model", "digits", "--out", out.toString(), seven.toString());
    Shell.Outcome outcome =
        run(
            "explain",
            "--model",
            "digits",
            "--method",
            "gradient",
            "--out",
            out.toString(),
            seven.toString());
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("holds the results of another study");
  }
}
