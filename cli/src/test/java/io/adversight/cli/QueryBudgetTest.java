package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Black-box attacks that commands use several times have their whole budget each time. */
class QueryBudgetTest {
  @TempDir Path folder;

  private JsonNode result(Object... words) {
    Shell.Outcome outcome = new Shell(folder).run(words);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return Shell.json(folder.resolve("out/result.json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nes --pairs 5", "square"})
  void theBallsOfABisectionDoNotShareOne(String attack) {
    String line =
        "attack --model digits --method none --minimal --queries 60 --out out drawn-digits:1"
            + " --attack "
            + attack;
    Object[] words = line.replace(" out ", " " + folder.resolve("out") + " ").split(" ");
    JsonNode made = result(words).path("images").path(0).path("attacks").path(0);
    assertThat(made.path("success").asBoolean()).isTrue();
    assertThat(made.path("cost").path("forwards").asInt()).isGreaterThan(120);
  }

  @Test
  void theBallsBesideAnEstimateDoNotShareOne() {
    String line =
        "bounds --model digits --bound clever --batches 2 --samples 2 --attack nes --pairs 5"
            + " --queries 60 --out";
    Object[] words = (line + " " + folder.resolve("out") + " drawn-digits:1").split(" ");
    JsonNode made = result(words).path("images").path(0);
    assertThat(made.path("attack").asDouble()).isPositive();
  }
}
