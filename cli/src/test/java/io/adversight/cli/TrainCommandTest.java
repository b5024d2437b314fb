package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.data.DrawnDigits;
import io.adversight.image.ImageFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
  private static final String RECIPE =
      """
      {"name": "two-digits", "title": "", "dataSet": "%s",
       "preprocessing":
         {"channels": "RGB", "range": 1, "mean": [0.1], "std": [0.3], "layout": "NCHW"},
       "architecture": {"type": "gap-net", "stages": [[4]]}, "startFrom": "",
       "augmentation": {"shift": 0, "rotation": 0, "scale": 0, "shear": 0, "flip": false},
       "batch": 4,
       "phases": [
         {"name": "all", "epochs": 3, "trained": [],
          "loss": {"type": "cross-entropy", "smoothing": 0},
          "optimizer": {"type": "sgd", "momentum": 0.9, "weightDecay": 0, "nesterov": true},
          "schedule": {"type": "constant", "peak": 0.05}, "project": false}],
       "weights": "FLOAT32", "seed": 1, "note": ""}
      """;

  @TempDir Path folder;

  private Path recipe() throws IOException {
    for (int digit = 0; digit < 2; digit++) {
      Path own = Files.createDirectories(folder.resolve("images/%s".formatted(digit)));
      for (int hand = 0; hand < 9; hand++) {
        ImageFiles.writePng(
            DrawnDigits.draw(digit, hand, 14).toRgb(), own.resolve("hand%s.png".formatted(hand)));
      }
    }
    String text = RECIPE.formatted(folder.resolve("images").toString().replace("\\", "/"));
    return Files.writeString(folder.resolve("recipe.json"), text);
  }

  @Test
  void everyEpochIsALineWhereNobodyLooksAtABar() throws IOException {
    Path out = folder.resolve("out");
    Shell.Outcome outcome = new Shell(folder).run("train", recipe(), "--threads", 1, "--out", out);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    List<String> lines = outcome.err().lines().toList();
    assertThat(lines).hasSize(3);
    for (int epoch = 1; epoch <= 3; epoch++) {
      assertThat(lines.get(epoch - 1)).matches(epoch + " +all( +\\d\\.\\d{4}){3}");
    }
    assertThat(outcome.out().lines()).containsAll(lines);
    // Every third of the 18 images is for testing.
    String card = Files.readString(out.resolve("two-digits.card.json"));
    assertThat(card).contains("images test top-1, FGSM 2/255, first 6");
    assertThat(out.resolve("two-digits.onnx")).exists();
  }

  @Test
  void trainsOnOtherImagesThanTheRecipes() throws IOException {
    Path images = recipe().resolveSibling("images");
    Path elsewhere = Files.writeString(folder.resolve("r.json"), RECIPE.formatted("no/such"));
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        new Shell(folder).run("train", elsewhere, "--data", images, "--threads", 1, "--out", out);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(out.resolve("two-digits.onnx")).exists();
  }

  @Test
  void trainsAnyRecipeOnAttackedImages() throws IOException {
    Path images = recipe().resolveSibling("images");
    Path elsewhere = Files.writeString(folder.resolve("r.json"), RECIPE.formatted("no/such"));
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        new Shell(folder)
            .run(
                "train",
                elsewhere,
                "--adversarial",
                "fast",
                "--epsilon",
                "8/255",
                "--data",
                images,
                "--threads",
                1,
                "--out",
                out);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(out.resolve("two-digits-robust.onnx")).exists();
    Path checkpoint = out.resolve("checkpoint.safetensors");
    assertThat(Files.readString(checkpoint, StandardCharsets.ISO_8859_1))
        .contains("\\\"epsilon\\\":0.03137254901960784", "\\\"relativeStep\\\":1.25");
  }

  @Test
  void optionsOfAnAttackNeedAnAdversarialTraining() throws IOException {
    refused("go with --adversarial", "--epsilon", "8/255");
    refused("FGSM has one step; for several use PGD", "--adversarial", "fgsm", "--steps", 3);
    refused("epsilon", "--adversarial", "pgd", "--epsilon", "8");
    refused("takes one value here, but got 2", "--adversarial", "pgd", "--epsilon", "1/255,2/255");
    refused("steps must be between 1 and 1000, but was 0", "--adversarial", "pgd", "--steps", 0);
    refused("expected one of [FGSM, FAST, PGD,", "--adversarial", "pdg");
  }

  private void refused(String message, Object... options) throws IOException {
    List<Object> words = new ArrayList<>(List.of("train", recipe()));
    words.addAll(List.of(options));
    Shell.Outcome outcome = new Shell(folder).run(words.toArray());
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains(message);
    assertThat(outcome.err().lines()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void aSetThatIsNotThereIsNamed() throws IOException {
    Path recipe = Files.writeString(folder.resolve("r.json"), RECIPE.formatted("no/such/folder"));
    Shell.Outcome outcome = new Shell(folder).run("train", recipe, "--out", folder.resolve("out"));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("there is no data set \"no/such/folder\" to train on")
        .contains("aviary");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
