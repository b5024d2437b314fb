package io.adversight.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.home.DataHome;
import io.adversight.report.ResultFolder;
import io.adversight.run.Run;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The third study on a few drawn digits and short walks. */
class TypeOneExperimentsTest {
  @TempDir Path folder;

  private Map<String, Double> measured(String name, ObjectNode changes) {
    Plan plan = Experiments.plan(name);
    ObjectNode settings = plan.settings().deepCopy();
    settings.put("images", "drawn-digits").put("steps", 40);
    settings.setAll(changes);
    Plan small =
        new Plan(
            plan.study(),
            plan.title(),
            plan.place(),
            plan.minutes(),
            plan.quickMinutes(),
            plan.needs(),
            plan.differences(),
            settings,
            plan.quick(),
            plan.claims());
    ObjectNode spec = Json.MAPPER.createObjectNode();
    Bench bench =
        new Bench(
            small,
            RunOptions.FULL,
            new DataHome(folder.resolve("home"), List.of()),
            ResultFolder.open(folder.resolve(name), spec, "experiment.json"),
            Run.of(1));
    Experiments.named(name).measure(bench);
    return bench.measured(false, spec).numbers();
  }

  private static ObjectNode settings() {
    return Json.MAPPER.createObjectNode();
  }

  @Test
  void transitionsReachTheirTargetAndMapsAreCompared() {
    Map<String, Double> numbers =
        measured("type-one-transitions", settings().put("count", 2).put("frames", 4));
    assertThat(numbers)
        .containsEntry("7 to 9, transition: oracles see the target", 1.0)
        .containsEntry("7 to 0, transition: oracles see the target", 1.0)
        .containsEntry("7 to 9, transition: label kept", 0.0)
        .containsEntry("images", 2.0);
    assertThat(numbers.get("7 to 9, transition: map like the original's")).isBetween(-1.0, 1.0);
    assertThat(numbers).containsKeys("7 to 9, map follows the network");
  }

  @Test
  void ratesMoveAsTheAttacksHaveIt() {
    ObjectNode few = settings().put("count", 4).put("pgdSteps", 5);
    few.putArray("epsilons").add(0.2);
    Map<String, Double> numbers = measured("type-one-roc", few);
    assertThat(numbers)
        .containsEntry("true positive rate, clean", 1.0)
        .containsEntry("false positive rate, clean", 0.0)
        .containsEntry("area under the curve, clean", 1.0)
        .containsEntry("true positive rate, Type I", 1.0)
        .containsEntry("false positive rate, PGD at 0.2", 0.0);
    assertThat(numbers.get("true positive rate, PGD at 0.2")).isLessThan(1);
  }

  @Test
  void boundsLieBelowTheDistanceThatIsFound() {
    ObjectNode one = settings().put("count", 1).put("batches", 3).put("samples", 4);
    Map<String, Double> numbers = measured("type-one-bounds", one);
    assertThat(numbers.get("median Lipschitz product"))
        .isPositive()
        .isLessThan(numbers.get("median certified radius"));
    assertThat(numbers.get("median certified radius"))
        .isLessThan(numbers.get("median Type II distance"));
    assertThat(numbers)
        .containsEntry("images whose certified radius exceeds the Type II distance", 0.0);
  }
}
