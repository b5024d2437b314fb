package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RobustnessReportCommandTest {
  private static final int IMAGES = 4;

  @TempDir static Path shared;
  private static JsonNode result;
  private static Shell.Outcome printed;

  @TempDir Path folder;

  private static Shell.Outcome evaluate(Path place, String... more) {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "evaluate", "--budget", "quick", "--threads", 1, "--out", place.resolve("out")));
    words.addAll(List.of(more));
    return new Shell(place).run(words.toArray());
  }

  @BeforeAll
  static void evaluateOnce() throws IOException {
    printed =
        evaluate(
            shared, "--model", "digits", "--data", "drawn-digits:0-3", "--epsilon", "0.06,0.1");
    assertThat(printed.code()).as(printed.err()).isZero();
    result = Shell.json(shared.resolve("out/result.json"));
  }

  private static JsonNode network() {
    return result.path("networks").path(0);
  }

  private static long successes(JsonNode proportion) {
    return proportion.path("successes").asLong();
  }

  private static List<JsonNode> attacks(String role) {
    return network()
        .path("attacks")
        .valueStream()
        .filter(attack -> attack.path("role").asString().equals(role))
        .toList();
  }

  /** Attacks of a role or name, with what they left at an epsilon. */
  private static Stream<Long> left(double epsilon, List<JsonNode> attacks) {
    return attacks.stream()
        .flatMap(attack -> attack.path("accuracies").valueStream())
        .filter(at -> at.path("epsilon").asDouble() == epsilon)
        .map(at -> successes(at.path("robustOfAll")));
  }

  @Test
  void theWorstCaseOfEachImageCounts() throws IOException {
    for (JsonNode robust : network().path("robust")) {
      double epsilon = robust.path("epsilon").asDouble();
      long worst = successes(robust.path("worstCase"));
      assertThat(robust.path("worstCase").path("trials").asInt()).isEqualTo(IMAGES);
      assertThat(left(epsilon, attacks("white-box"))).hasSize(6).allMatch(left -> left >= worst);
      assertThat(successes(robust.path("autoAttack"))).isGreaterThanOrEqualTo(worst);
      // The same from the table of images: those whose smallest change found is larger.
      long far =
          Files.readAllLines(shared.resolve("out/images.csv")).stream()
              .skip(1)
              .map(line -> line.substring(line.lastIndexOf(',') + 1))
              .filter(size -> size.isEmpty() || Double.parseDouble(size) > epsilon * (1 + 1e-6))
              .count();
      assertThat(worst).isEqualTo(far);
    }
  }

  @Test
  void theLargestBallHoldsAnAdversarialImageOfEveryImage() {
    assertThat(left(1, attacks("growth"))).containsExactly(0L);
  }

  @Test
  void everyCheckHasItsVerdictAndTheNumberBehindIt() {
    List<JsonNode> checks = network().path("checks").valueStream().toList();
    assertThat(checks)
        .extracting(check -> check.path("name").asString())
        .contains(
            "outputs are not random",
            "the softmax is not saturated",
            "gradients are not exactly zero",
            "Square is not stronger than white-box attacks",
            "transfer attacks are weaker than white-box ones",
            "the loss grows with epsilon",
            "no optimization inside the network");
    for (JsonNode check : checks) {
      assertThat(check.path("verdict").asString()).isIn("pass", "warn");
      assertThat(check.path("found").asString()).isNotBlank();
    }
    assertThat(printed.out()).contains("PASS", "WARN", "NOT RUN", "median norm");
  }

  @Test
  void everyImageLiesBetweenItsCertificateAndWhatWasFound() {
    assertThat(network().path("bounds")).hasSize(3);
    for (JsonNode bound : network().path("bounds")) {
      assertThat(bound.path("certified").asDouble())
          .isPositive()
          .isLessThanOrEqualTo(bound.path("found").asDouble());
    }
  }

  @Test
  void corruptionsAndExplanationsAreMeasured() throws IOException {
    assertThat(network().path("corruptions")).hasSize(17);
    for (JsonNode corruption : network().path("corruptions")) {
      assertThat(corruption.path("right")).hasSize(5);
    }
    JsonNode rows = network().path("explanations").path("rows");
    assertThat(rows).hasSize(2);
    for (JsonNode row : rows) {
      assertThat(row.path("attacked").asDouble()).isBetween(-1.0, 1.0);
      assertThat(row.path("images").asInt()).isPositive();
    }
    assertThat(Files.readString(shared.resolve("out/evaluation.csv")))
        .contains("digits,shot-noise 5,");
    assertThat(Files.readString(shared.resolve("out/report.html")))
        .contains("Corruptions", "Explanations under attack", "Certified bounds", "gaussian noise");
  }

  @Test
  void theSummaryIsARowOfMarkdownForEachEpsilon() throws IOException {
    List<String> lines = Files.readAllLines(shared.resolve("out/evaluation.md"));
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("| network | data | clean | epsilon | robust |");
    JsonNode robust = network().path("robust");
    for (int i = 0; i < 2; i++) {
      assertThat(lines.get(2 + i))
          .contains(
              "| %s | %s %% | %s %% |"
                  .formatted(
                      i == 0 ? "0.06" : "0.1",
                      100 * successes(robust.path(i).path("worstCase")) / IMAGES,
                      100 * successes(robust.path(i).path("autoAttack")) / IMAGES));
    }
    assertThat(lines.get(2)).startsWith("| digits | drawn-digits");
    assertThat(lines.get(3)).startsWith("|  |  |  | 0.1 |");
  }

  @Test
  void embeddedNetworksBringTheirOwnImages() {
    Shell.Outcome outcome = evaluate(folder, "--model", "embedded", "--data", "mnist");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("leave out mnist");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void theSameCommandDoesNothingTwice() throws IOException {
    Path out = shared.resolve("out");
    byte[] before = Files.readAllBytes(out.resolve("networks/digits/journal/fgsm.jsonl"));
    Shell.Outcome again =
        evaluate(
            shared, "--model", "digits", "--data", "drawn-digits:0-3", "--epsilon", "0.06,0.1");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(out.resolve("networks/digits/journal/fgsm.jsonl")).hasBinaryContent(before);
    assertThat(Shell.json(out.resolve("result.json")).path("networks"))
        .isEqualTo(result.path("networks"));
  }

  @Test
  void aGateDecidesTheExitCodeOfEveryNetwork() {
    Shell.Outcome outcome =
        evaluate(
            folder,
            "--model",
            "digits-robust,digits-standard",
            "--data",
            "drawn-digits:0-1",
            "--epsilon",
            "0.3",
            "--gate",
            "clean-accuracy>=0.5,robust-accuracy>=0.5@0.3");
    assertThat(outcome.code()).isEqualTo(5);
    assertThat(outcome.err())
        .contains("digits-standard misses the gate robust-accuracy>=0.5000@0.3: it has 0")
        .doesNotContain("digits-robust misses");
    assertThat(folder.resolve("out/report.html"))
        .content()
        .contains("Robustness of digits-robust, digits-standard");
  }

  /**
   * Rounding to a few levels has no gradient; attackers who know of it pass it straight through.
   */
  @ParameterizedTest
  @ValueSource(strings = {"bit-depth(bits=2)", "jpeg(quality=20)"})
  void aDefenseThatOnlyMasksGradientsFalls(String defense) throws IOException {
    Shell.Outcome outcome =
        evaluate(
            folder,
            "--model",
            "digits",
            "--data",
            "drawn-digits:0-1",
            "--epsilon",
            "0.3",
            "--defense",
            defense);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode defended = Shell.json(folder.resolve("out/result.json")).path("networks").path(0);
    assertThat(successes(defended.path("clean"))).isEqualTo(2);
    assertThat(successes(defended.path("robust").path(0).path("worstCase"))).isZero();
    assertThat(
            defended
                .path("attacks")
                .valueStream()
                .filter(attack -> attack.path("id").asString().equals("pgd"))
                .flatMap(attack -> attack.path("accuracies").valueStream())
                .filter(at -> at.path("epsilon").asDouble() == 0.3)
                .map(at -> successes(at.path("robustOfAll"))))
        .containsOnly(0L);
    assertThat(outcome.out())
        .contains(
            "straight-through (BPDA) for %s (expected: gradients are the network's own"
                .formatted(defense.substring(0, defense.indexOf('('))));
  }
}
