package io.adversight.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.adversight.attack.AttackNetworks;
import io.adversight.attack.Outcome;
import io.adversight.attack.WatchedClassifier;
import io.adversight.attack.problem.Norm;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.mutation.Mutations;
import io.adversight.report.robustness.RobustnessFolder;
import io.adversight.run.Checkpoint;
import io.adversight.study.Algorithm;
import io.adversight.study.FormulaImages;
import io.adversight.study.image.InputImage;
import io.adversight.study.image.LabelledImages;
import io.adversight.study.robustness.RobustnessSpec;
import io.adversight.study.robustness.RobustnessStudy;
import io.adversight.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files that results are gone on with, changed by bits, cut off, doubled: what was damaged is done
 * again, and no wrong number comes out.
 */
class DamagedResultsTest {
  private static final Algorithm FGSM = Algorithm.of("fgsm");

  @TempDir Path folder;

  /** What a measurement in this folder finds, without what it cost. */
  private static List<String> measured(Path place) {
    LabelledImages images = FormulaImages.of(new WatchedClassifier(AttackNetworks.f8(), 100), 5);
    RobustnessSpec spec =
        new RobustnessSpec(List.of(FGSM), Norm.LINF, List.of(0.01, 0.03), 0, 4, true, true);
    RobustnessFolder results = new RobustnessFolder(place, spec, images);
    new RobustnessStudy(spec, images)
        .run(
            results.store(),
            new RobustnessStudy.Listener() {
              @Override
              public void progress(Algorithm attack, long done, long total) {}

              @Override
              public void finished(Algorithm attack) {}
            },
            new AtomicBoolean());
    return results.store().outcomes(FGSM).stream().map(DamagedResultsTest::words).sorted().toList();
  }

  private static String words(Outcome o) {
    return String.format(
        Locale.ROOT,
        "%s %s %s %s %s %.5f",
        o.image(),
        o.epsilon(),
        o.label(),
        o.after(),
        o.success(),
        o.norms().l2());
  }

  @Test
  void aMeasurementComesOutTheSameWhateverHappenedToItsJournal() throws IOException {
    Path place = folder.resolve("out");
    List<String> expected = measured(place);
    assertThat(expected).hasSizeGreaterThan(4);
    for (String name : List.of("journal/fgsm.jsonl", "journal/images.jsonl")) {
      Path file = place.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      Mutations mutations = Mutations.ofBytes(whole);
      for (long seed = 0; seed < 100; seed++) {
        Files.write(file, mutations.input(seed));
        assertThat(measured(place)).as("%s, seed %d", name, seed).isEqualTo(expected);
      }
      Files.write(file, whole);
    }
  }

  @Test
  void linesThatStandTwiceCountOnce() throws IOException {
    Path place = folder.resolve("out");
    List<String> expected = measured(place);
    Path file = place.resolve("journal/fgsm.jsonl");
    Files.writeString(file, Files.readString(file).repeat(2));

    assertThat(measured(place)).isEqualTo(expected);
  }

  @Test
  void partsThatWereKeptComeBackWholeOrNotAtAll() throws IOException {
    ResultFolder results = ResultFolder.open(folder.resolve("parts"), spec(), "spec.json");
    ObjectNode part = Json.MAPPER.createObjectNode().put("value", 0.125).put("name", "猫");
    results.keep("parts/0.json", part);
    assertThat(results.recall("parts/0.json")).contains(part);
    Path file = results.resolve("parts/0.json");
    Mutations mutations = Mutations.ofBytes(Files.readAllBytes(file));
    for (long seed = 0; seed < 300; seed++) {
      Files.write(file, mutations.input(seed));
      Optional<JsonNode> recalled = results.recall("parts/0.json");
      if (recalled.isPresent()) {
        assertThat(recalled.get()).as("seed %d", seed).isEqualTo(part);
      }
    }
  }

  /** A damaged checkpoint is no checkpoint: work begins anew rather than from a wrong state. */
  @Test
  void aCheckpointComesBackWholeOrNotAtAll() throws IOException {
    ResultFolder results = ResultFolder.open(folder.resolve("crafted"), spec(), "spec.json");
    CheckpointFiles checkpoint = new CheckpointFiles(results, "checkpoint");
    Raster value = Raster.generate(1, 2, 3, (c, y, x) -> 0.25 * x + y);
    checkpoint.save(new Checkpoint.State(7, List.of(value)));
    assertThat(checkpoint.last().orElseThrow().values()).containsExactly(value);
    for (String name : List.of("checkpoint/0-0.npy", "checkpoint/state.json")) {
      Path file = results.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      Mutations mutations = Mutations.ofBytes(whole);
      for (long seed = 0; seed < 200; seed++) {
        Files.write(file, mutations.input(seed));
        Optional<Checkpoint.State> last = checkpoint.last();
        if (last.isPresent()) {
          assertThat(last.get().done()).as("%s, seed %d", name, seed).isEqualTo(7);
          assertThat(last.get().values()).as("%s, seed %d", name, seed).containsExactly(value);
        }
      }
      Files.write(file, whole);
    }
  }

  private static ObjectNode spec() {
    return Json.MAPPER.createObjectNode().put("model", "m").put("seed", 1);
  }

  @Test
  void aFolderOfOtherOrDamagedWorkIsRefusedInOneLine() throws IOException {
    Path place = folder.resolve("work");
    ResultFolder.open(place, spec(), "spec.json");
    Path file = place.resolve("spec.json");
    Mutations mutations = Mutations.ofBytes(Files.readAllBytes(file));
    for (long seed = 0; seed < 100; seed++) {
      Files.write(file, mutations.input(seed));
      try {
        ResultFolder.open(place, spec(), "spec.json");
      } catch (InputException e) {
        assertThat(e.getMessage()).doesNotContain("\n").contains("--out");
      }
    }
  }

  @Test
  void aImageIsDoneOnlyWithAllItsFiles() throws IOException {
    Path place = folder.resolve("study");
    PerImageFolders images = new PerImageFolders(place, spec());
    InputImage image =
        new InputImage(
            "one", "one.png", "ab", Raster.generate(1, 2, 2, (c, y, x) -> x), OptionalInt.empty());
    PerImageFolders.Writer writer =
        at -> {
          Npy.write(Raster.generate(1, 2, 2, (c, y, x) -> x), at.resolve("map.npy"));
          return Json.MAPPER.createObjectNode().put("name", "one").put("score", 0.5);
        };
    images.expect(List.of("one"));
    images.add(image, writer);
    JsonNode expected = images.images().get(0);

    Files.delete(place.resolve("one/map.npy"));
    assertThat(images.isDone("one")).isFalse();
    images.add(image, writer);
    assertThat(images.isDone("one")).isTrue();

    for (String name : List.of("files.json", "image.json")) {
      Path file = place.resolve("one").resolve(name);
      Mutations mutations = Mutations.ofBytes(Files.readAllBytes(file));
      for (long seed = 0; seed < 100; seed++) {
        Files.write(file, mutations.input(seed));
        assertThatCode(() -> images.add(image, writer)).doesNotThrowAnyException();
        assertThat(images.images()).as("%s, seed %d", name, seed).containsExactly(expected);
      }
    }
  }
}
