package io.adversight.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.data.AviarySet;
import io.adversight.evaluation.robustness.AccuracyUnderAttack;
import io.adversight.experiments.grid.AccuracyTable;
import io.adversight.experiments.grid.AttackedMaps;
import io.adversight.experiments.grid.MapDetectors;
import io.adversight.home.DataHome;
import io.adversight.report.ResultFolder;
import io.adversight.run.Run;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Grids measure what their settings say. */
class GridTest {
  private static final String FGSM = "{\"name\": \"FGSM\", \"id\": \"fgsm\", \"levels\": 8}";
  private static final String NOTHING =
      "{\"name\": \"nothing\", \"id\": \"sign-noise\", \"levels\": 0}";
  private static final String MAPS =
      "\"maps\": [{\"name\": \"gradient\", \"network\": \"model\", \"id\": \"gradient\"},"
          + " {\"name\": \"CAM\", \"network\": \"model\", \"id\": \"cam\"}]";

  @TempDir Path folder;

  private final DataHome home = new DataHome(Path.of("nowhere"), List.of());

  private Bench measured(Experiment experiment, String settings) {
    ObjectNode given =
        (ObjectNode)
            Json.MAPPER.readTree(
                "{\"model\": \"aviary\", \"attacks\": [%s, %s, %s], %s}"
                    .formatted(FGSM, NOTHING, NOTHING.replace("nothing", "again"), settings));
    Plan plan =
        new Plan(
            "a study",
            "a grid",
            "nowhere",
            1,
            1,
            Map.of(),
            List.of(),
            given,
            Json.MAPPER.createObjectNode(),
            List.of());
    Bench bench =
        new Bench(
            plan,
            RunOptions.FULL,
            home,
            ResultFolder.open(folder, Json.MAPPER.createObjectNode(), "experiment.json"),
            Run.of(1));
    experiment.measure(bench);
    return bench;
  }

  private static Map<String, Double> numbers(Bench bench) {
    return bench.measured(false, Json.MAPPER.createObjectNode()).numbers();
  }

  @Test
  void theAccuracyIsThatOfTheNetworksOwnMeasurement() {
    Bench bench =
        measured(
            new AccuracyTable("accuracy"),
            "\"networks\": [{\"name\": \"by name\", \"network\": \"model\"},"
                + " {\"name\": \"by recipe\", \"recipe\": \"aviary\"}], \"seeds\": [1],"
                + " \"images\": \"aviary:0-11\", \"pairs\": [[\"nothing\", \"FGSM\"]]");
    AccuracyUnderAttack expected =
        AccuracyUnderAttack.of(
            bench.network("aviary"), AviarySet.test().take(12), 12, 0, Run.of(1));
    double clean = expected.clean().value();
    double attacked = Objects.requireNonNull(expected.attacked().get("FGSM 8/255")).value();
    assertThat(attacked).isLessThan(clean);
    assertThat(numbers(bench))
        .containsEntry("accuracy of by name, clean", clean)
        .containsEntry("accuracy of by name, nothing", clean)
        .containsEntry("accuracy of by name, FGSM", attacked)
        .containsEntry("accuracy of by recipe, FGSM", attacked)
        .containsEntry("networks trained, by recipe", 1.0)
        .containsEntry("accuracy lost from nothing to FGSM, by name", clean - attacked);
  }

  @Test
  void mapsStayAsTheyAreWithoutAnAttack() {
    Map<String, Double> numbers =
        numbers(
            measured(
                new AttackedMaps("maps"),
                MAPS
                    + ", \"images\": \"aviary:0-2\", \"sameClass\": true, \"quantities\":"
                    + " [\"background\", \"share on bird\", \"bright area\"]"));
    for (String map : List.of("gradient", "CAM")) {
      assertThat(numbers.get("similarity of %s, nothing".formatted(map)))
          .isCloseTo(1, within(1e-9));
      assertThat(numbers.get("similarity of %s, FGSM".formatted(map))).isLessThan(0.9);
      assertThat(numbers.get("shift of background of %s, nothing".formatted(map))).isZero();
      assertThat(
              numbers.getOrDefault("background of %s, clean".formatted(map), Double.NaN)
                  + numbers.getOrDefault("share on bird of %s, clean".formatted(map), Double.NaN))
          .isCloseTo(1, within(1e-9));
    }
    assertThat(numbers)
        .containsEntry("class changes of aviary, nothing", 0.0)
        .containsKey("shift of bright area of CAM, FGSM, same class, lower 95 %");
  }

  @Test
  void aCellShowsItsImagesInTheReport() {
    Bench bench =
        measured(
            new AttackedMaps("maps"),
            MAPS + ", \"images\": \"aviary:0-1\", \"quantities\": [\"background\"]");
    String page =
        new ExperimentPage(
                "across-attributions-attacks",
                Experiments.plan("across-attributions-attacks"),
                bench.measured(false, Json.MAPPER.createObjectNode()),
                new ResultSource.InFolder(folder.resolve("results")))
            .page()
            .html();
    // Two maps by three attacks, each cell with two images and two maps.
    assertThat(page.split("<details name=\"cells\">")).hasSize(1 + 6);
    assertThat(page.split("class=\"crop ")).hasSize(1 + 24);
  }

  @Test
  void detectorsDoNotTellEqualImagesApart() {
    Map<String, Double> numbers =
        numbers(
            measured(
                new MapDetectors("detectors"),
                MAPS
                    + ", \"images\": \"aviary:0-2\", \"controls\": {\"again\": \"nothing\","
                    + " \"FGSM\": \"nothing\"}, \"drawn\": \"FGSM\""));
    assertThat(numbers)
        .containsEntry("AUC of stability of CAM, again", 0.5)
        .containsEntry("AUC of max-softmax of aviary, again", 0.5)
        .containsEntry("AUC of dissimilarity of CAM, again", 0.5)
        .containsEntry("AUC of bright area of gradient, again", 0.5);
  }
}
