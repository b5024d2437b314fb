package io.adversight.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.experiments.Measured.Exhibit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The folders of the experiments, and the results in them. */
class ExperimentsTest {
  private static final double LONGEST_MINUTES = 60;
  private static final long LARGEST_IMAGE = 400_000;

  static List<String> names() {
    return Experiments.all().stream().map(Experiment::name).toList();
  }

  @Test
  void thereIsAFolderForEachAndNoOther() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("."))) {
      assertThat(
              folders
                  .filter(Files::isDirectory)
                  .map(folder -> folder.getFileName().toString())
                  .filter(name -> !Set.of("src", "target").contains(name)))
          .containsExactlyInAnyOrderElementsOf(names());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aFolderSaysWhatIsMeasured(String name) throws IOException {
    Plan plan = Experiments.plan(name);
    assertThat(Files.readString(Path.of(name, "README.md"))).contains("reproduce " + name);
    assertThat(plan.minutes()).isBetween(0.1, LONGEST_MINUTES);
    assertThat(plan.claims()).extracting(Claim::id).doesNotHaveDuplicates();
    for (Claim claim : plan.claims()) {
      assertThat(claim.checks().isEmpty() ? claim.untestable() : claim.id()).isNotEmpty();
    }
    List<String> csv = Files.readAllLines(Path.of(name, "expected.csv"));
    assertThat(csv.get(0)).isEqualTo("number,theirs,place");
    assertThat(Experiments.printed(name)).extracting(Printed::number).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatWasMeasuredIsWhatTheRulesNeed(String name) throws IOException {
    Measured measured = Experiments.committed(name).orElse(null);
    if (measured == null) {
      return;
    }
    Plan plan = Experiments.plan(name);
    assertThat(measured.settings()).isEqualTo(plan.settings(measured.quick()));
    for (Claim claim : plan.claims()) {
      if (claim.untestable().isEmpty()) {
        assertThat(measured.numbers())
            .as(claim.id())
            .containsKeys(claim.numbers().toArray(String[]::new));
      }
    }
    for (Printed printed : Experiments.printed(name)) {
      assertThat(measured.shown(printed.number())).as(printed.number()).isNotEqualTo("–");
    }
    Path results = Path.of(name, measured.quick() ? "results/quick" : "results");
    for (Exhibit exhibit : measured.exhibits()) {
      Path file = results.resolve(exhibit.file());
      if (!exhibit.file().endsWith(".jpg") || Files.exists(file)) { // photos are not shipped
        assertThat(Files.size(file)).isBetween(1L, LARGEST_IMAGE);
      }
    }
  }

  /** {@code ./adversight reproduce report} writes the page; copy it from its folder. */
  @Test
  void thePageOfAllClaimsIsOfTheseResults() throws IOException {
    assertThat(Files.readString(Path.of("../docs/results/reproductions.md")))
        .isEqualTo(ReproductionsPage.ofProgram().markdown());
  }
}
