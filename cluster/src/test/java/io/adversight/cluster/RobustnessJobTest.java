package io.adversight.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.home.DataHome;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.report.format.SpecJson;
import io.adversight.report.robustness.RobustnessJournal;
import io.adversight.study.Algorithm;
import io.adversight.study.image.LabelledImages;
import io.adversight.study.robustness.AttackRobustness;
import io.adversight.study.robustness.RobustnessSpec;
import io.adversight.study.robustness.RobustnessStudy;
import io.adversight.study.robustness.RobustnessSummary;
import io.adversight.tensor.Device;
import io.adversight.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The report of a robustness job says what a measurement on one machine says. */
class RobustnessJobTest {
  private static final String SPEC =
      """
      {"kind": "robustness", "model": "aviary", "images": "aviary:0-23", "batch": 4,
       "attacks": ["fgsm", {"id": "pgd", "parameters": {"steps": "3"}}, "deepfool"],
       "norm": "LINF", "epsilons": ["1/255", "4/255"], "rounding": true, "earlyStop": true}
      """;

  @TempDir private Path folder;

  @Test
  void theReportIsThatOfAMeasurementOnOneMachine() throws Exception {
    Path out = new Jobs(folder).done(SPEC, "out", "--part-size", "8");
    JsonNode result = Json.MAPPER.readTree(Files.readString(out.resolve("result.json")));
    RobustnessSummary summary = measuredHere();
    assertThat(shared(result.path("clean"))).isEqualTo(summary.clean());
    int rows = 0;
    for (AttackRobustness attack : summary.attacks()) {
      for (AttackRobustness.AtEpsilon at : attack.accuracies()) {
        JsonNode row = row(result, attack.attack().toString(), at.epsilon());
        assertThat(shared(row.path("robustOfAll"))).isEqualTo(at.accuracy().ofAll());
        assertThat(shared(row.path("robustOfRight"))).isEqualTo(at.accuracy().ofRight());
        rows++;
      }
    }
    assertThat(rows).isEqualTo(6);
    for (int i = 0; i < 2; i++) {
      assertThat(shared(result.path("together").path(i).path("robustOfAll")))
          .isEqualTo(summary.together().get(i).ofAll());
    }
    double median = summary.attacks().get(2).smallest().orElseThrow().median();
    assertThat(Json.number(row(result, "deepfool", Double.NaN).path("medianLINF")))
        .as("an order statistic beside the mean of two")
        .isCloseTo(median, org.assertj.core.data.Offset.offset(0.2 * median));
  }

  private RobustnessSummary measuredHere() {
    GraphClassifier aviary = ModelReader.open(Models.locateWithoutHome("aviary"), Device.CPU);
    DataSet set =
        DataSets.find("aviary", new DataHome(folder, List.of()))
            .select(IntStream.range(0, 24).toArray());
    RobustnessSpec spec = SpecJson.robustness(Json.MAPPER.readTree(SPEC));
    RobustnessJournal store = new RobustnessJournal(folder.resolve("journal"));
    LabelledImages images = LabelledImages.of(aviary, set);
    new RobustnessStudy(spec, images)
        .run(
            store,
            new RobustnessStudy.Listener() {
              @Override
              public void progress(Algorithm attack, long done, long total) {}

              @Override
              public void finished(Algorithm attack) {}
            },
            new AtomicBoolean());
    return RobustnessSummary.of(spec, store, set.size());
  }

  private static JsonNode row(JsonNode result, String attack, double epsilon) {
    return result
        .path("attacks")
        .valueStream()
        .filter(
            row ->
                Json.text(row, "attack").equals(attack)
                    && Double.compare(Json.number(row.path("epsilon")), epsilon) == 0)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("no row of %s at %s: %s".formatted(attack, epsilon, result)));
  }

  private static Proportion shared(JsonNode node) {
    return new Proportion(node.path("successes").asLong(), node.path("trials").asLong());
  }
}
