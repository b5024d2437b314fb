package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RobustnessCommandTest {
  @TempDir Path folder;

  private Shell.Outcome robustness(Object... more) {
    List<Object> words = new ArrayList<>(List.of("robustness", "--model", "digits"));
    words.addAll(List.of("--epsilon", "0.1,0.3", "--batch", "7", "--threads", 1, "--out", out()));
    words.addAll(List.of(more));
    return new Shell(folder).run(words.toArray());
  }

  private Path out() {
    return folder.resolve("out");
  }

  private static long robust(JsonNode result, int attack, int epsilon) {
    return result
        .path("attacks")
        .path(attack)
        .path("accuracies")
        .path(epsilon)
        .path("robustOfAll")
        .path("successes")
        .asLong();
  }

  @Test
  void tellsWhatEachAttackAndAllTogetherLeave() throws IOException {
    Shell.Outcome outcome =
        robustness("--attack", "fgsm,pgd,deep-fool", "--pgd.steps", "5", "drawn-digits:0-11");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("robust, of those right")
        .contains("pgd(steps=5)")
        .contains("all together")
        .contains("median LINF");
    JsonNode result = Shell.json(out().resolve("result.json"));
    assertThat(result.path("images").asInt()).isEqualTo(12);
    assertThat(robust(result, 1, 1)).isLessThanOrEqualTo(robust(result, 1, 0));
    for (int e = 0; e < 2; e++) {
      long together =
          result.path("together").path(e).path("robustOfAll").path("successes").asLong();
      for (int a = 0; a < 3; a++) {
        assertThat(together).isLessThanOrEqualTo(robust(result, a, e));
      }
    }
    assertThat(Files.readString(out().resolve("robustness.md")))
        .contains("./adversight robustness --model digits --epsilon 0.1,0.3");
  }

  @Test
  void addsAttacksAndImagesToAFolder() throws IOException {
    assertThat(robustness("--attack", "fgsm", "--first", "10", "drawn-digits").code()).isZero();
    List<String> first = Files.readAllLines(out().resolve("journal/fgsm.jsonl"));
    Shell.Outcome grown = robustness("--attack", "fgsm,r-fgsm", "--first", "14", "drawn-digits");
    assertThat(grown.code()).as(grown.err()).isZero();
    List<String> more = Files.readAllLines(out().resolve("journal/fgsm.jsonl"));
    assertThat(more.subList(0, first.size())).isEqualTo(first);
    assertThat(more).hasSizeGreaterThan(first.size());
    assertThat(Shell.json(out().resolve("result.json")).path("images").asInt()).isEqualTo(14);
    assertThat(Files.readString(out().resolve("outcomes.csv"))).contains("r-fgsm,0.3,");
  }

  @Test
  void letsImagesLeaveUnlessToldOtherwise() throws IOException {
    assertThat(robustness("--attack", "pgd", "drawn-digits:0-5").code()).isZero();
    JsonNode early = Shell.json(out().resolve("result.json"));
    Shell.Outcome other = robustness("--attack", "pgd", "--no-early-stop", "drawn-digits:0-5");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err().strip()).contains("another study").doesNotContain("\n");
    Files.move(out(), folder.resolve("early"));
    Shell.Outcome full = robustness("--attack", "pgd", "--no-early-stop", "drawn-digits:0-5");
    assertThat(full.code()).as(full.err()).isZero();
    JsonNode whole = Shell.json(out().resolve("result.json"));
    assertThat(whole.at("/attacks/0/gradientsPerImage").asDouble()).isEqualTo(40);
    assertThat(early.at("/attacks/0/gradientsPerImage").asDouble()).isLessThan(40);
    for (int e = 0; e < 2; e++) {
      assertThat(robust(early, 0, e)).isLessThanOrEqualTo(robust(whole, 0, e));
    }
  }

  @Test
  void attackingSeveralImagesTellsWhatIsLeftOfAll() throws IOException {
    List<Object> words =
        new ArrayList<>(List.of("attack", "--model", "digits", "--method", "none"));
    words.addAll(List.of("--attack", "fgsm,deep-fool", "--epsilon", "0.1,0.3", "--threads", 1));
    words.addAll(List.of("--out", out(), "drawn-digits:0-5"));
    Shell.Outcome outcome = new Shell(folder).run(words.toArray());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode result = Shell.json(out().resolve("result.json"));
    assertThat(result.path("summary")).hasSize(3);
    for (JsonNode entry : result.path("summary")) {
      long robust = 0;
      for (JsonNode image : result.path("images")) {
        for (JsonNode attack : image.path("attacks")) {
          boolean same =
              attack.path("id").equals(entry.path("id"))
                  && attack.path("epsilon").asDouble(-1) == entry.path("epsilon").asDouble(-1);
          robust += same && !attack.path("success").asBoolean() ? 1 : 0;
        }
      }
      assertThat(entry.path("robustOfAll").path("trials").asInt()).isEqualTo(6);
      assertThat(entry.path("robustOfAll").path("successes").asLong()).isEqualTo(robust);
    }
    assertThat(outcome.out()).contains("robust, of all").contains("median norm");
    assertThat(Files.readString(out().resolve("report.html"))).contains("<h2>All images</h2>");
  }

  @Test
  void saysInOneLineWhatIsWrongAndWritesNothing() {
    Object[][] wrong = {
      {"--attack", "pdg", "drawn-digits", "unknown attack \"pdg\""},
      {
        "--attack",
        "carlini-wagner",
        "drawn-digits",
        "does not know the norm LINF; it knows [L2] (--norm L2)"
      },
      {"--attack", "fgsm", "no-such-set", "there is no data set or folder \"no-such-set\""},
      {"--norm", "L7", "drawn-digits", "L7"},
    };
    for (Object[] row : wrong) {
      Object[] words = java.util.Arrays.copyOf(row, row.length - 1);
      Shell.Outcome outcome = robustness(words);
      assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
      assertThat(outcome.err()).contains((String) row[row.length - 1]);
      assertThat(out()).doesNotExist();
    }
  }
}
