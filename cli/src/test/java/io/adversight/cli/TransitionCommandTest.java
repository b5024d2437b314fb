package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.text.Csv;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TransitionCommandTest {
  @TempDir Path folder;

  @Test
  void aSevenBecomesANineForTheOracles() throws IOException {
    Path out = folder.resolve("out");
    Shell.Outcome outcome =
        new Shell(folder).run("transition", "--steps", "60", "--frames", "3", "--out", out);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("transition: the network predicts 9, 3 of 3 oracles see 9");
    List<String> path = Files.readAllLines(out.resolve("path.csv"));
    assertThat(path.get(0)).startsWith("walk,step,predicted,p_from,p_to,oracles_see");
    assertThat(path).filteredOn(line -> line.startsWith("transition,0,7,")).hasSize(1);
    assertThat(path).filteredOn(line -> line.startsWith("type-one,60,")).hasSize(1);
    JsonNode walk = Shell.json(out.resolve("result.json")).path("walks").path("transition");
    assertThat(walk).hasSize(3);
    assertThat(walk.path(0).path("seen").asInt()).isEqualTo(7);
    assertThat(walk.path(0).path("mapToStart").asDouble()).isCloseTo(1, within(1e-6));
    assertThat(walk.path(2).path("seen").asInt()).isEqualTo(9);
    assertThat(walk.path(2).path("mapToStart").asDouble()).isLessThan(0.99);
    assertThat(walk.path(2).path("mapToEnd").asDouble()).isCloseTo(1, within(1e-6));
    assertThat(out).isDirectoryContaining("glob:**/{transition,type-one}.{png,gif}");
    assertThat(out.resolve("report.html")).exists();
    assertThat(out.resolve("manifest.json")).doesNotExist();
  }

  @Test
  void comparesTheMethodsOverPairsAndGoesOnImageByImage() throws IOException {
    Path out = folder.resolve("pairs");
    Shell shell = new Shell(folder);
    Object[] words = {
      "transition",
      "--pairs",
      "6",
      "--steps",
      "40",
      "--frames",
      "2",
      "--threads",
      "1",
      "--out",
      out,
      "drawn-digits"
    };
    Shell.Outcome outcome = shell.run(words);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("Type I attack", "interpolation of pixels");
    List<String> lines = Files.readAllLines(out.resolve("outcomes.csv"));
    assertThat(lines).hasSize(1 + 4 * 6);
    assertThat(Files.readAllLines(out.resolve("frames.csv"))).hasSize(1 + 2 * 3 * 6);
    JsonNode result = Shell.json(out.resolve("result.json"));
    assertThat(result.path("methods").path(0).path("success").path("successes").asInt())
        .isEqualTo(successes(lines));
    assertThat(result.path("paths").path("type-one").path("points")).hasSize(3);

    FileTime untouched = Files.getLastModifiedTime(out.resolve("parts/0.json"));
    Files.delete(out.resolve("parts/3.json"));
    Files.writeString(out.resolve("parts/5.json"), "{\"damaged\": ");
    assertThat(shell.run(words).code()).isZero();
    assertThat(Files.getLastModifiedTime(out.resolve("parts/0.json"))).isEqualTo(untouched);
    JsonNode again = Shell.json(out.resolve("result.json")).path("images");
    for (int i = 0; i < 6; i++) {
      for (int method = 0; method < 4; method++) {
        JsonNode before = result.path("images").path(i).path("outcomes").path(method);
        JsonNode after = again.path(i).path("outcomes").path(method);
        assertThat(after.path("predicted")).isEqualTo(before.path("predicted"));
        assertThat(after.path("pixelDistance").asDouble())
            .isCloseTo(before.path("pixelDistance").asDouble(), within(1e-2));
      }
    }
    assertThat(shell.run("transition", "--pairs", "9", "--out", out, "drawn-digits").err())
        .contains("holds the results of another study");
  }

  /** Rows of the attack whose class is kept while two or three of three oracles see the target. */
  private static int successes(List<String> outcomes) {
    int successes = 0;
    for (String line : outcomes.subList(1, outcomes.size())) {
      List<String> row = Csv.values(line);
      boolean fooled = row.get(4).equals(row.get(1)) && Integer.parseInt(row.get(6)) >= 2;
      assertThat(Boolean.parseBoolean(row.get(7))).isEqualTo(fooled);
      successes += row.get(3).equals("Type I attack") && fooled ? 1 : 0;
    }
    return successes;
  }

  @Test
  void findsTheGeneratorInTheDataHomeThatItIsGiven() throws IOException {
    Path models = Files.createDirectories(folder.resolve("home/models"));
    Files.write(models.resolve("digits-svae.onnx"), library("digits-svae.onnx"));
    String card = new String(library("digits-svae.card.json"), StandardCharsets.UTF_8);
    Files.writeString(
        models.resolve("mine.card.json"),
        card.replaceFirst("\"name\": \"digits-svae\"", "\"name\": \"mine\""));
    Shell shell = new Shell(folder);
    Shell.Outcome attack =
        shell.run(
            "attack",
            "--model",
            "digits",
            "--attack",
            "type-one",
            "--generator",
            "mine",
            "--steps",
            "2",
            "--out",
            folder.resolve("attack"),
            "drawn-digits:7");
    assertThat(attack.code()).as(attack.err()).isZero();
    Shell.Outcome transition =
        shell.run(
            "transition",
            "--generator",
            "mine",
            "--steps",
            "2",
            "--frames",
            "2",
            "--out",
            folder.resolve("transition"));
    assertThat(transition.code()).as(transition.err()).isZero();
    assertThat(
            shell
                .run(
                    "attack",
                    "--model",
                    "digits",
                    "--attack",
                    "type-one",
                    "--generator",
                    "other",
                    "--out",
                    folder.resolve("none"),
                    "drawn-digits:7")
                .err())
        .contains("there is no model \"other\"");
  }

  private static byte[] library(String name) throws IOException {
    try (InputStream in =
        TransitionCommandTest.class.getResourceAsStream("/io/adversight/models/" + name)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    Shell shell = new Shell(folder);
    assertThat(shell.run("transition", "--from", "7", "--to", "7").err())
        .contains("--from and --to must be two classes, but both are 7");
    assertThat(shell.run("transition", "--to", "10").err()).contains("to must be");
    assertThat(shell.run("transition", "--model", "aviary").err())
        .contains("the generator \"digits-svae\" makes images of 1 x 28 x 28");
    assertThat(shell.run("transition", "--generator", "digits").err())
        .contains("is no supervised auto-encoder");
    assertThat(shell.run("transition", "--oracles", "aviary").err())
        .contains("the oracle \"aviary\" takes images of another size than \"digits\"");
    assertThat(shell.run("transition", "--model", "digits-vgg").err())
        .contains("the oracle \"digits-vgg\" is the attacked network, which cannot judge itself");
  }
}
