package io.adversight.report.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attack.Adversarial.Cost;
import io.adversight.attack.Adversarial.Norms;
import io.adversight.attack.Diagnosis;
import io.adversight.attack.Outcome;
import io.adversight.mutation.Mutations;
import io.adversight.report.CheckedJson;
import io.adversight.report.format.OutcomeJson;
import io.adversight.study.Algorithm;
import io.adversight.study.robustness.RobustnessStore.Clean;
import io.adversight.text.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Journals of measurements, changed by bits, cut off, doubled, or written by another program. */
class DamagedJournalsTest {
  private static final int SEEDS = 300;
  private static final Algorithm PGD = Algorithm.of("pgd");
  private static final List<Clean> CLEAN =
      List.of(new Clean(0, "a", "ab12", 3, 3), new Clean(1, "b \u00e9", "", 4, 5));
  private static final List<Outcome> OUTCOMES = List.of(outcome(0, true), outcome(1, false));

  @TempDir Path folder;

  private static Outcome outcome(int image, boolean success) {
    return new Outcome(
        image,
        3,
        0.1,
        3,
        success ? 7 : 3,
        success,
        Optional.of(success),
        new Norms(5, 0.5, 0.25, 0.1),
        new Cost(40, 41, 40, 0.5),
        success ? List.of() : List.of(Diagnosis.Cause.ZERO_GRADIENT));
  }

  @Test
  void rowsComeBackAsTheyWereWrittenOrNotAtAll() throws IOException {
    RobustnessJournal written = new RobustnessJournal(folder);
    written.addClean(CLEAN);
    written.addOutcomes(PGD, OUTCOMES);
    assertThat(new RobustnessJournal(folder).clean()).isEqualTo(CLEAN);
    assertThat(new RobustnessJournal(folder).outcomes(PGD)).isEqualTo(OUTCOMES);
    Path images = folder.resolve("images.jsonl");
    Path results = folder.resolve("pgd.jsonl");
    Mutations ofImages = Mutations.ofBytes(Files.readAllBytes(images));
    Mutations ofResults = Mutations.ofBytes(Files.readAllBytes(results));
    for (long seed = 0; seed < SEEDS; seed++) {
      Files.write(images, ofImages.input(seed));
      Files.write(results, ofResults.input(seed));
      RobustnessJournal read = new RobustnessJournal(folder);
      assertThat(CLEAN).as("seed %d", seed).containsAll(read.clean());
      assertThat(OUTCOMES).as("seed %d", seed).containsAll(read.outcomes(PGD));
    }
  }

  /** The checksum of each line is right. */
  @Test
  void rowsOfAnotherProgramAreReadOrLeftOut() throws IOException {
    Path results = folder.resolve("pgd.jsonl");
    Mutations mutations = Mutations.ofJson(OutcomeJson.of(OUTCOMES.get(1)).toString());
    int kept = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Files.write(results, sealed(mutations.input(seed)));
      kept += new RobustnessJournal(folder).outcomes(PGD).size();
    }
    assertThat(kept).isBetween(1, SEEDS - 1);
  }

  private static byte[] sealed(byte[] json) {
    try {
      return Json.MAPPER.readTree(json) instanceof ObjectNode object && !object.isEmpty()
          ? (CheckedJson.line(object) + "\n").getBytes(StandardCharsets.UTF_8)
          : json;
    } catch (JacksonException e) {
      return json;
    }
  }
}
