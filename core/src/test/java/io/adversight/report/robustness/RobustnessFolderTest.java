package io.adversight.report.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.attack.Adversarial.Cost;
import io.adversight.attack.AttackNetworks;
import io.adversight.attack.Outcome;
import io.adversight.attack.StagedAttack.StageState;
import io.adversight.attack.WatchedClassifier;
import io.adversight.attack.problem.Norm;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.report.Provenance;
import io.adversight.study.Algorithm;
import io.adversight.study.FormulaImages;
import io.adversight.study.image.LabelledImages;
import io.adversight.study.robustness.RobustnessSpec;
import io.adversight.study.robustness.RobustnessStore;
import io.adversight.study.robustness.RobustnessStudy;
import io.adversight.study.robustness.RobustnessSummary;
import io.adversight.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RobustnessFolderTest {
  private static final Algorithm FGSM = Algorithm.of("fgsm");
  private static final Algorithm DEEP_FOOL = new Algorithm("deep-fool", Map.of("steps", "20"));

  @TempDir Path temporary;

  private static RobustnessSpec spec(long seed) {
    return new RobustnessSpec(
        List.of(FGSM, DEEP_FOOL),
        Norm.LINF,
        List.of(0.01, 0.03),
        seed,
        4,
        EnumSet.allOf(RobustnessSpec.Option.class));
  }

  private static WatchedClassifier network() {
    return new WatchedClassifier(AttackNetworks.f8(), 100);
  }

  private RobustnessFolder measure(Path place, WatchedClassifier network) {
    LabelledImages images = FormulaImages.of(network, 7);
    RobustnessFolder folder = new RobustnessFolder(place, spec(0), images);
    new RobustnessStudy(spec(0), images)
        .run(
            folder.store(),
            new RobustnessStudy.Listener() {
              @Override
              public void progress(Algorithm attack, long done, long total) {}

              @Override
              public void finished(Algorithm attack) {}
            },
            new AtomicBoolean());
    return folder;
  }

  private static Provenance provenance() {
    return new Provenance(
        "1.0",
        "",
        "libtorch",
        "17",
        "cpu",
        1,
        "",
        List.of("adversight", "robustness", "--data", "a b"));
  }

  @Test
  void remembersEverythingInFiles() {
    Path place = temporary.resolve("out");
    RobustnessSummary first = measure(place, network()).summary();
    WatchedClassifier again = network();
    RobustnessSummary second = measure(place, again).summary();
    assertThat(again.batches()).isEmpty();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void cutsOffALineThatWasNotFinished() throws IOException {
    Path place = temporary.resolve("out");
    RobustnessSummary first = measure(place, network()).summary();
    Path lines = place.resolve("journal/fgsm.jsonl");
    String whole = Files.readString(lines);
    int broken = whole.lastIndexOf("{\"image\"") + 17;
    Files.writeString(lines, whole.substring(0, broken), StandardOpenOption.TRUNCATE_EXISTING);
    WatchedClassifier again = network();
    RobustnessSummary second = measure(place, again).summary();
    assertThat(again.batches()).isNotEmpty().allMatch(size -> size == 1);
    assertThat(Files.readAllLines(lines)).hasSize(12).allMatch(line -> line.endsWith("}"));
    assertThat(second.attacks().get(0).accuracies()).isEqualTo(first.attacks().get(0).accuracies());
  }

  @Test
  void keepsStagesWithTheirImages() {
    Path place = temporary.resolve("out");
    LabelledImages images = FormulaImages.of(network(), 3);
    RobustnessStore store = new RobustnessFolder(place, spec(0), images).store();
    Raster found = Raster.generate(1, 8, 8, (c, y, x) -> 0.01 * (8 * y + x));
    store.addStage(
        FGSM,
        new RobustnessStore.Stage(
            0.01, new StageState(2, 1, Optional.of(found)), new Cost(1, 2, 3, 4)));
    store.addStage(
        FGSM,
        new RobustnessStore.Stage(
            0.01, new StageState(1, 3, Optional.empty()), new Cost(5, 6, 7, 8)));
    RobustnessStore reopened = new RobustnessFolder(place, spec(0), images).store();
    List<RobustnessStore.Stage> stages = reopened.stages(FGSM);
    assertThat(stages).hasSize(2);
    assertThat(stages.get(0).state().adversarial().orElseThrow().toArray())
        .isEqualTo(found.toArray());
    assertThat(stages.get(0).cost()).isEqualTo(new Cost(1, 2, 3, 4));
    assertThat(stages.get(1).state()).isEqualTo(new StageState(1, 3, Optional.empty()));
    reopened.addOutcomes(FGSM, List.of(Outcome.wrongBefore(2, 0, 1)));
    assertThat(new RobustnessFolder(place, spec(0), images).store().stages(FGSM))
        .isEqualTo(stages.subList(1, 2));
    reopened.addOutcomes(FGSM, List.of(Outcome.wrongBefore(1, 0, 1)));
    assertThat(place.resolve("journal/stages/fgsm")).doesNotExist();
  }

  @Test
  void writesTablesPlotPageAndJson() throws IOException {
    Path place = temporary.resolve("out");
    RobustnessSummary summary = measure(place, network()).finish(provenance());
    assertThat(summary.clean().successes()).isEqualTo(6);
    JsonNode json = Json.MAPPER.readTree(place.resolve("result.json").toFile());
    assertThat(json.path("images").asInt()).isEqualTo(7);
    JsonNode fgsm = json.path("attacks").path(0).path("accuracies").path(1);
    assertThat(fgsm.path("epsilon").asDouble()).isEqualTo(0.03);
    assertThat(fgsm.path("robustOfAll").path("trials").asInt()).isEqualTo(7);
    assertThat(fgsm.path("robustOfRight").path("trials").asInt()).isEqualTo(6);
    assertThat(fgsm.path("robustOfAll").path("successes").asLong())
        .isEqualTo(summary.attacks().get(0).accuracies().get(1).accuracy().ofAll().successes());
    assertThat(Files.readAllLines(place.resolve("robustness.csv"))).hasSize(1 + 4);
    assertThat(Files.readAllLines(place.resolve("outcomes.csv"))).hasSize(1 + 12 + 6);
    assertThat(Files.readString(place.resolve("robustness.md")))
        .contains("./adversight robustness --data 'a b'")
        .contains("| fgsm | 0.03 |")
        .contains("| median LINF |")
        .contains("85.7 % [48.7, 97.4] of 7 images");
    assertThat(ImageFiles.read(place.resolve("robustness.png")).width()).isGreaterThan(300);
  }

  @Test
  void refusesAFolderOfSomethingElse() throws IOException {
    Path place = temporary.resolve("out");
    measure(place, network());
    LabelledImages images = FormulaImages.of(network(), 7);
    assertThatThrownBy(() -> new RobustnessFolder(place, spec(1), images))
        .hasMessageContaining("another study");
    RobustnessSpec same = spec(0);
    RobustnessSpec fullLength =
        new RobustnessSpec(
            same.attacks(),
            same.norm(),
            same.epsilons(),
            0,
            4,
            Set.of(RobustnessSpec.Option.ROUNDING));
    assertThatThrownBy(() -> new RobustnessFolder(place, fullLength, images))
        .hasMessageContaining("another study");
    LabelledImages others = FormulaImages.of(network(), 5);
    assertThatThrownBy(() -> new RobustnessFolder(place, spec(0), others))
        .hasMessageContaining("other images");
    Path full = Files.createDirectories(temporary.resolve("full"));
    Files.writeString(full.resolve("letter.txt"), "mine");
    assertThatThrownBy(() -> new RobustnessFolder(full, spec(0), images))
        .hasMessageContaining("is not empty");
    assertThat(full.resolve("journal")).doesNotExist();
  }
}
