package io.adversight.report.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.attack.Adversarial.Cost;
import io.adversight.attack.Adversarial.Norms;
import io.adversight.attack.Outcome;
import io.adversight.image.ImageFormatException;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.metric.numeric.Proportion;
import io.adversight.report.ResultFolder;
import io.adversight.report.detection.DetectorFile;
import io.adversight.report.format.OutcomeJson;
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
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Every kind of JSON file that the reports read, with values that only other programs write. */
class DamagedJsonTest {
  @TempDir private Path folder;

  static Stream<String> beyondTheLimits() {
    return Stream.of("[".repeat(3000), "{\"kind\": 1" + "0".repeat(400) + "}");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @ParameterizedTest
  @MethodSource("beyondTheLimits")
  void areRefusedInOneLineThatNamesThem(String text) throws IOException {
    Path detector = file("detector.json", text);
    assertThatThrownBy(() -> DetectorFile.read(detector))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(detector + " is not a detector");
    Path change = folder.resolve("change.npy");
    Npy.write(Raster.generate(1, 2, 2, (c, y, x) -> 0), change);
    Path beside = file("change.json", text);
    assertThatThrownBy(() -> UniversalFile.read(change))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageStartingWith(beside + ": not JSON: ");
  }

  @ParameterizedTest
  @MethodSource("beyondTheLimits")
  void areNotTakenForResultsThatGoOn(String text) throws IOException {
    file("spec.json", text);
    ObjectNode spec = Json.MAPPER.createObjectNode().put("model", "digits");
    assertThatThrownBy(() -> ResultFolder.open(folder, spec, "spec.json"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("spec.json cannot be read; give another folder");
    Files.delete(folder.resolve("spec.json"));
    ResultFolder results = ResultFolder.open(folder, spec, "spec.json");
    String start = "{\"part\":" + text;
    CRC32 sum = new CRC32();
    sum.update(start.getBytes(StandardCharsets.UTF_8));
    file(
        "part.json", String.format(Locale.ROOT, "%s,\"check\":\"%08x\"}%n", start, sum.getValue()));
    assertThat(results.recall("part.json")).isEmpty();
    Path journal = folder.resolve("part.json"); // a checksum that is right helps no line either
    assertThat(RobustnessJournal.read(journal, node -> node, node -> node)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0})
  void numbersThatAreNotFiniteAreReadAsTheyWereWritten(double number) {
    DetectorSet detectors =
        new DetectorSet(
            "digits",
            "0",
            0.05,
            1,
            List.of("a"),
            List.of("b"),
            List.of(
                new CalibratedDetector(
                    "max-softmax",
                    List.of(new ScorePart(Algorithm.of("max-softmax"), number, number)),
                    number,
                    new Proportion(1, 2))));
    Path detector = folder.resolve("detector.json");
    DetectorFile.write(detectors, detector);
    assertThat(DetectorFile.read(detector)).isEqualTo(detectors);
    Outcome outcome =
        new Outcome(
            0,
            1,
            0.1,
            1,
            2,
            true,
            Optional.empty(),
            new Norms(3, number, number, number),
            new Cost(1, 2, 3, number),
            List.of());
    Path journal = folder.resolve("pgd.jsonl");
    RobustnessJournal.append(journal, List.of(OutcomeJson.of(outcome)));
    assertThat(RobustnessJournal.read(journal, OutcomeJson::outcome, Outcome::image))
        .containsExactly(outcome);
  }
}
