package io.adversight.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.evaluation.robustness.Sweep;
import io.adversight.image.ImageFormatException;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.metric.numeric.Proportion;
import io.adversight.mutation.Mutations;
import io.adversight.mutation.ReaderCheck;
import io.adversight.report.detection.DetectorFile;
import io.adversight.report.robustness.UniversalFile;
import io.adversight.study.Algorithm;
import io.adversight.study.detection.CalibratedDetector;
import io.adversight.study.detection.DetectorSet;
import io.adversight.study.detection.ScorePart;
import io.adversight.text.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Files of results that this program reads again: detectors, changes, specifications, parts. */
class DamagedResultsTest {
  @TempDir Path folder;

  @Test
  void detectorsAreReadOrRefusedInALine() throws IOException {
    Path file = folder.resolve("detector.json");
    DetectorFile.write(
        new DetectorSet(
            "digits",
            "ab12",
            0.05,
            3,
            List.of("a", "b"),
            List.of("c"),
            List.of(
                new CalibratedDetector(
                    "combined",
                    List.of(
                        new ScorePart(new Algorithm("max-softmax", Map.of()), 0.1, 0.2),
                        new ScorePart(
                            new Algorithm("feature-squeezing", Map.of("bits", "4")), 1, 2)),
                    0.7,
                    new Proportion(1, 20)))),
        file);
    ReaderCheck.Outcome outcome =
        new ReaderCheck(
                Mutations.ofJson(Files.readString(file)),
                List.of(InputException.class, UnknownNameException.class))
            .run(
                input -> {
                  Files.write(file, input);
                  for (CalibratedDetector detector : DetectorFile.read(file).detectors()) {
                    assertThat(detector.score()).isNotNull();
                  }
                });
    assertThat(outcome.read()).isPositive();
    assertThat(outcome.refused()).isPositive();
  }

  @Test
  void descriptionsOfChangesAreReadOrRefusedInALine() throws IOException {
    Path npy = folder.resolve("patch.npy");
    Npy.write(Raster.generate(3, 4, 4, (c, y, x) -> 0.5), npy);
    ReaderCheck.Outcome outcome =
        new ReaderCheck(
                Mutations.ofJson(
                    "{\"kind\": \"patch\", \"smallest\": 0.2, \"largest\": 0.4, \"turn\": 20}"),
                List.of(ImageFormatException.class))
            .run(
                input -> {
                  Files.write(folder.resolve("patch.json"), input);
                  UniversalFile.read(npy);
                });
    assertThat(outcome.read()).isPositive();
    assertThat(outcome.refused()).isPositive();
  }

  @Test
  void specificationsAreReadOrRefusedInALine() throws IOException {
    ObjectNode spec = Json.MAPPER.createObjectNode().put("norm", "LINF").put("seed", 3);
    spec.putArray("epsilons").add(0.1).add(0.2);
    Path results = folder.resolve("results");
    ResultFolder.open(results, spec, "study.json");
    ReaderCheck.Outcome outcome =
        new ReaderCheck(Mutations.ofJson(spec.toString()), List.of(InputException.class))
            .run(
                input -> {
                  Files.write(results.resolve("study.json"), input);
                  ResultFolder.open(results, spec, "study.json");
                });
    assertThat(outcome.refused()).isPositive();
  }

  /** The checksum of each is right, as in a file that another program wrote. */
  @Test
  void partsAndListsOfFilesAreReadOrMissing() throws IOException {
    ObjectNode list = Json.MAPPER.createObjectNode();
    list.putObject("image.json").put("bytes", 2).put("sha256", "ab");
    list.putObject("maps/a.npy").put("bytes", 3);
    ResultFolder results =
        ResultFolder.open(
            folder.resolve("r"), Json.MAPPER.createObjectNode().put("a", 1), "study.json");
    ReaderCheck.Outcome outcome =
        new ReaderCheck(Mutations.ofJson(list.toString()), List.of())
            .run(
                input -> {
                  Files.write(results.resolve("files.json"), sealed(input));
                  assertThat(FileList.isComplete(results.path())).isIn(true, false);
                  assertThat(results.recall("files.json").isPresent()).isIn(true, false);
                });
    assertThat(outcome.refused()).isZero();
  }

  @Test
  void partsOfAnotherProgramAreReadOrDoneAgain() throws IOException {
    ResultFolder results =
        ResultFolder.open(
            folder.resolve("p"), Json.MAPPER.createObjectNode().put("a", 1), "sweep.json");
    Sweep.Score score = new Sweep.Score(3, 0.5);
    Sweep.Step step =
        new Sweep.Step(0.1, true, true, 0.5, List.of(score), List.of(0.1), 3, 0.2, 0.2, 0.1);
    Sweep.Track track = new Sweep.Track("a", 3, List.of(score), List.of(step));
    results.keep("part.json", Json.MAPPER.valueToTree(track));
    assertThat(results.recall("part.json", DamagedResultsTest::track)).contains(track);
    String kept = Files.readString(results.path().resolve("part.json"));
    ObjectNode whole = Json.MAPPER.createObjectNode();
    whole.set("part", CheckedJson.read(kept.stripTrailing()).orElseThrow().path("part"));
    int[] read = new int[2];
    ReaderCheck.Outcome outcome =
        new ReaderCheck(Mutations.ofJson(whole.toString()), List.of())
            .run(
                input -> {
                  Files.write(results.path().resolve("part.json"), sealed(input));
                  read[
                      results.recall("part.json", DamagedResultsTest::track).isPresent() ? 1 : 0]++;
                });
    assertThat(outcome.refused()).isZero();
    assertThat(read[0]).isPositive();
    assertThat(read[1]).isPositive();
  }

  private static Sweep.Track track(JsonNode json) {
    return Json.MAPPER.treeToValue(json, Sweep.Track.class);
  }

  private static byte[] sealed(byte[] json) {
    try {
      return Json.MAPPER.readTree(json) instanceof ObjectNode object && !object.isEmpty()
          ? CheckedJson.line(object).getBytes(StandardCharsets.UTF_8)
          : json;
    } catch (JacksonException e) {
      return json;
    }
  }
}
