package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.text.Csv;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DetectCommandTest {
  @TempDir Path folder;

  private record Outcome(int code, String out, String err) {}

  private Outcome run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Map<String, String> environment = Map.of("ADVERSIGHT_HOME", folder.resolve("home").toString());
    int code = Main.run(environment, new PrintWriter(out), new PrintWriter(err), args);
    return new Outcome(code, out.toString(), err.toString());
  }

  private Outcome calibrate(Path file, String... more) {
    List<String> args =
        new java.util.ArrayList<>(
            List.of(
                "detect",
                "calibrate",
                "--model",
                "digits",
                "--score",
                "max-softmax,feature-squeezing",
                "--baseline",
                "none",
                "--false-positive-rate",
                "0.1",
                "--out",
                file.toString()));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  @Test
  void calibratesScoresAndEvaluates() throws IOException {
    Path file = folder.resolve("detector.json");
    Outcome calibrated = calibrate(file, "drawn-digits:0-49");
    assertThat(calibrated.code()).as(calibrated.err()).isZero();
    assertThat(calibrated.out()).contains("combined", "max-softmax", "tried on 15 others");

    Outcome scored =
        run(
            "detect",
            "score",
            "--model",
            "digits",
            "--detector",
            file.toString(),
            "--json",
            "drawn-digits:50-52");
    assertThat(scored.code()).as(scored.err()).isZero();
    JsonNode images = JsonMapper.builder().build().readTree(scored.out()).path("images");
    assertThat(images).hasSize(3);
    for (JsonNode image : images) {
      assertThat(image.path("adversarial").asBoolean())
          .isEqualTo(image.path("score").asDouble() > image.path("threshold").asDouble());
    }

    Path out = folder.resolve("out");
    Outcome evaluated =
        run(
            "detect",
            "evaluate",
            "--model",
            "digits",
            "--detector",
            file.toString(),
            "--attack",
            "fgsm",
            "--epsilon",
            "0.1,0.3",
            "--evasion-steps",
            "5",
            "--batch",
            "8",
            "--out",
            out.toString(),
            "drawn-digits:60-75");
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    List<String> lines = Files.readAllLines(out.resolve("detection.csv"));
    // Three detectors, two attacks, two epsilons.
    assertThat(lines).hasSize(1 + 3 * 2 * 2);
    assertThat(lines.get(1)).startsWith("combined,fgsm,0.1,16,");
    assertThat(lines).anyMatch(line -> line.startsWith("combined,evasion of combined,"));
    assertThat(Files.readAllLines(out.resolve("scores.csv"))).hasSize(1 + 16 * 5);
    assertThat(out.resolve("roc-fgsm-epsilon-0.3.png")).exists();
    assertThat(out.resolve("rates-fgsm.png")).exists();
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("data:image/png;base64,", "False alarms")
        .doesNotContain("<script");

    List<String> row = Csv.values(lines.get(1));
    long detected = 0;
    long adversarial = 0;
    double threshold = threshold(file, "combined");
    JsonNode study = JsonMapper.builder().build().readTree(file.toFile());
    for (String line : Files.readAllLines(out.resolve("scores.csv"))) {
      List<String> values = Csv.values(line);
      if (values.get(1).equals("fgsm")
          && values.get(2).equals("0.1")
          && values.get(3).equals("true")) {
        adversarial++;
        double sum = 0;
        for (int i = 0; i < 2; i++) {
          JsonNode score = study.path("detectors").path(0).path("scores").path(i);
          sum +=
              (Double.parseDouble(values.get(5 + i)) - score.path("mean").asDouble())
                  / score.path("spread").asDouble();
        }
        detected += sum / 2 > threshold ? 1 : 0;
      }
    }
    assertThat(row.get(4)).isEqualTo(Long.toString(adversarial));
    assertThat(row.get(5)).isEqualTo(Long.toString(detected));
  }

  @Test
  void givesNoShareWhereNoImageIsAdversarial() throws IOException {
    Path file = folder.resolve("detector.json");
    assertThat(calibrate(file, "drawn-digits:0-29").code()).isZero();
    Path out = folder.resolve("out");
    Outcome evaluated =
        run(
            ("detect evaluate --model digits --attack fgsm --epsilon 1/255 --evade none --detector "
                    + file
                    + " --out "
                    + out
                    + " drawn-digits:60-61")
                .split(" "));
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    assertThat(Files.readAllLines(out.resolve("detection.csv")))
        .anyMatch(line -> line.matches("combined,fgsm,[^,]*,2,0,0,,,,,0.000"));
    assertThat(Files.readString(out.resolve("report.html"))).doesNotContain("Curves");
  }

  private static double threshold(Path file, String name) {
    for (JsonNode detector :
        JsonMapper.builder().build().readTree(file.toFile()).path("detectors")) {
      if (detector.path("name").asString().equals(name)) {
        return detector.path("threshold").asDouble();
      }
    }
    throw new AssertionError("no detector " + name);
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    Path file = folder.resolve("detector.json");
    assertThat(calibrate(file, "drawn-digits:0-4").err()).contains("needs at least 10 images");
    assertThat(file).doesNotExist();
    assertThat(run("detect", "calibrate", "--model", "digits", "--score", "softmax", "x.png").err())
        .contains("did you mean max-softmax");
    assertThat(
            run("detect", "score", "--model", "digits", "--detector", "none.json", "x.png").err())
        .contains("none.json: no such file; make one with: adversight detect calibrate");
    assertThat(run("detect").err()).contains("there are calibrate, score and evaluate");
    assertThat(calibrate(file, "drawn-digits:0-29").code()).isZero();
    Outcome used =
        run(
            "detect",
            "evaluate",
            "--model",
            "digits",
            "--detector",
            file.toString(),
            "--out",
            folder.resolve("out").toString(),
            "drawn-digits:0-29");
    assertThat(used.code()).isEqualTo(2);
    assertThat(used.err()).contains("thresholds were found on");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
