package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Sizes, norms and wrong words of {@code attack} and its relatives. */
class AttackCommandTest {
  @TempDir Path folder;

  private Path out() {
    return folder.resolve("out");
  }

  private Shell.Outcome run(String line, Object... more) {
    List<Object> words = new ArrayList<>(Arrays.asList(line.split(" ")));
    words.addAll(List.of("--out", out()));
    words.addAll(List.of(more));
    return new Shell(folder).run(words.toArray());
  }

  @ParameterizedTest
  @CsvSource({"LINF, 0.03137254901960784", "L2, 0.5", "L1, 12"})
  void everyNormHasItsOwnDefault(String norm, double epsilon) {
    Shell.Outcome outcome =
        run("attack --model digits --method none --attack fgsm drawn-digits:0 --norm " + norm);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).doesNotContain("note:");
    JsonNode epsilons = Shell.json(out().resolve("result.json")).path("study").path("epsilons");
    assertThat(epsilons).hasSize(1);
    assertThat(epsilons.path(0).asDouble()).isEqualTo(epsilon);
  }

  @Test
  void sizesFarFromUsualGetANote() {
    Shell.Outcome outcome =
        run(
            "attack --model digits --method none --attack fgsm drawn-digits:0 --norm L2"
                + " --epsilon 8/255");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("note: epsilon 0.03137 is unusually small for L2: 0.5 is");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--attack pgd,elastic-net | elastic-net does not know the norm LINF; it knows [L1] (--norm"
            + " L1)",
        "--attack pgd,auto-attack --target 3 | auto-attack: AutoAttack measures robustness without",
        "--attack fgsm,kth-likely --target 3 | kth-likely: this attack chooses its own target",
        "--attack fgsm,kth-likely --kth-likely.rank 10 | kth-likely: rank must be between 1 and 9",
        "--epsilon 0,03 | so write the point: 0.03",
        "--epsilon 1/255,, | such as 8/255 or 0.03, but was \"\"",
        "--target 12 | 12",
        "--attack pgd --stepz 3 | did you mean --steps",
        "--epsilom 3 | did you mean --epsilon",
        "--attack transfer-fgsm --transforms momentum,translation | transforms must be one of"
            + " momentum",
        "--attack transfer-fgsm --transforms variance-tuning,variance-tuning | it was given twice",
        "--attack transfer-fgsm --transforms input-diversity(probability=2) | probability must be",
      })
  void everythingIsCheckedBeforeAnyWork(String words, String message) {
    Shell.Outcome outcome = run("attack --model digits --method none " + words + " drawn-digits:0");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains(message);
    assertThat(outcome.err().lines().filter(line -> !line.startsWith("Try: "))).hasSize(1);
    assertThat(out()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "robustness --first 2",
    "compare --method gradient",
    "transfer --models digits --attack elastic-net",
    "corruptions --attack elastic-net",
    "bounds --bound clever --batches 2 --samples 2 --attack jacobian-saliency"
  })
  void everyCommandNamesTheAttackThatDoesNotKnowTheNorm(String words) {
    String model = words.contains("--models") ? "" : " --model digits";
    String attack = words.contains("--attack") ? "" : " --attack fgsm,elastic-net";
    Shell.Outcome outcome = run(words + attack + model + " drawn-digits:0-1");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .containsPattern("(elastic-net|jacobian-saliency) does not know the norm (LINF|L2)");
    assertThat(out()).doesNotExist();
  }

  @Test
  void combinesGradientTransformsByName() {
    Shell.Outcome outcome =
        run(
            "attack --model digits --method none --attack ti-di-mi-fgsm,transfer-fgsm"
                + " --kernel-size 3 --transforms momentum,translation-invariance(kernel-size=3),"
                + "input-diversity(probability=0.7) drawn-digits:0");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode image = Shell.json(out().resolve("result.json")).path("images").path(0);
    JsonNode after = image.path("attacks").path(0).path("after");
    assertThat(after.path("top")).isNotEmpty();
    assertThat(after).isNotEqualTo(image.path("before"));
    assertThat(image.path("attacks").path(1).path("after")).isEqualTo(after);
  }

  @Test
  void aFolderOfAnotherStudySaysWhatDiffers() {
    String line = "attack --model digits --method none --attack fgsm drawn-digits:0";
    assertThat(run(line).code()).isZero();
    assertThat(run(line + " --epsilon 4/255 --norm LINF --seed 3").err())
        .contains("holds the results of another study (epsilons is [")
        .contains("seed is 0 there and 3 here");
  }

  @Test
  void withoutLabelsNothingIsCalledRobust() throws IOException {
    for (int i = 0; i < 2; i++) {
      float level = 0.2f + 0.5f * i;
      Raster image = Raster.generate(1, 28, 28, (c, y, x) -> x > 12 && x < 16 ? 1 : level * y / 28);
      ImageFiles.writePng(image, folder.resolve("image" + i + ".png"));
    }
    Shell.Outcome outcome =
        run(
            "attack --model digits --method none --attack fgsm --epsilon 0.3",
            folder.resolve("image0.png"),
            folder.resolve("image1.png"));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("kept the prediction").doesNotContain("robust");
    JsonNode result = Shell.json(out().resolve("result.json"));
    long kept = 0;
    for (JsonNode image : result.path("images")) {
      JsonNode attack = image.path("attacks").path(0);
      kept +=
          attack.path("after").path("top").path(0).path("index").asInt()
                  == image.path("before").path("top").path(0).path("index").asInt()
              ? 1
              : 0;
    }
    JsonNode entry = result.path("summary").path(0);
    assertThat(entry.path("keptPrediction").path("successes").asLong()).isEqualTo(kept);
    assertThat(entry.has("robustOfAll")).isFalse();
    assertThat(Files.readString(out().resolve("report.html"))).contains("kept the prediction");
  }
}
