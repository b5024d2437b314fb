package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Defences in front of the network of a command. */
class DefenseOptionsTest {
  private static final String DEFENSE = "jpeg(quality=30),random-noise(deviation=0.1)";

  @TempDir Path folder;

  private Shell.Outcome run(Object... words) {
    return new Shell(folder).run(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attack --model digits --attack fgsm --method gradient",
        "explain --model digits --method gradient,grad-cam,lrp",
        "robustness --model digits --attack fgsm",
        "sweep --model digits --attack fgsm --to 0.2 --count 2",
        "compare --model digits --method gradient --metric spearman --epsilon 0.1",
        "transfer --models digits --attack fgsm",
        "faithfulness --model digits --method gradient --measure deletion",
        "corruptions --model digits --attack fgsm --corruption brightness",
      })
  void everyResultStatesTheDefenseAndHowGradientsPassIt(String command) throws IOException {
    Path out = folder.resolve("out");
    List<Object> words = new ArrayList<>(Arrays.asList(command.split(" ")));
    words.addAll(
        List.of(
            "--defense",
            DEFENSE,
            "--defense-draws",
            2,
            "drawn-digits:0",
            "--out",
            out,
            "--threads",
            1));
    Shell.Outcome outcome = run(words.toArray());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    String json = Files.readString(out.resolve("result.json"));
    assertThat(json)
        .contains(
            "gradients: straight-through (BPDA) for jpeg; its own for random-noise; expectation"
                + " over 2 draws (EOT)");
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("digits behind jpeg(quality=30), random-noise(deviation=0.1) [2 draws]")
        .contains("straight-through (BPDA)");
  }

  @Test
  void aDefendedNetworkIsAnotherOne() {
    Path out = folder.resolve("out");
    Object[] words = {
      "robustness", "--model", "digits", "--attack", "fgsm", "drawn-digits:0", "--out", out
    };
    assertThat(run(words).code()).isZero();
    List<Object> more = new ArrayList<>(List.of(words));
    more.addAll(List.of("--defense", "jpeg"));
    Shell.Outcome other = run(more.toArray());
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("digits behind jpeg");
  }

  @Test
  void predictionsAreThoseBehindTheDefense() {
    Object[] plain = {"predict", "--model", "digits", "drawn-digits:3"};
    Object[] blurred = {
      "predict",
      "--model",
      "digits",
      "--defense",
      "gaussian-smoothing(deviation=8)",
      "drawn-digits:3"
    };
    assertThat(run(blurred).code()).isZero();
    assertThat(run(blurred).out()).isNotEqualTo(run(plain).out());
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    refused("unknown defense \"jpg\"; did you mean jpeg?", "--defense", "jpg");
    refused("--defense-draws goes with --defense", "--defense-draws", 3);
    refused("quality must be between 1 and 100", "--defense", "jpeg(quality=0)");
    Shell.Outcome certified =
        run(
            "bounds",
            "--model",
            "digits",
            "--bound",
            "certified-radius",
            "--defense",
            "jpeg",
            "drawn-digits:0");
    assertThat(certified.code()).isEqualTo(2);
    assertThat(certified.err()).contains("a certificate holds for a network without a defence");
    Shell.Outcome layers = run("layers", "--model", "digits", "--defense", "jpeg");
    assertThat(layers.code()).isEqualTo(2);
    assertThat(layers.err()).contains("a defence changes images, not the network");
  }

  private void refused(String message, Object... options) {
    List<Object> words = new ArrayList<>(List.of("predict", "--model", "digits", "drawn-digits:3"));
    words.addAll(List.of(options));
    Shell.Outcome outcome = run(words.toArray());
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains(message);
  }
}
