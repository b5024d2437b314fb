package io.adversight.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attack.problem.Norm;
import io.adversight.data.AviarySet;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.image.ImageFiles;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.report.study.StudyFolder;
import io.adversight.run.Progress;
import io.adversight.study.Algorithm;
import io.adversight.study.AttackSpec;
import io.adversight.study.ExplanationSpec;
import io.adversight.study.Study;
import io.adversight.study.StudySpec;
import io.adversight.study.image.InputImage;
import io.adversight.study.image.SampleImages;
import io.adversight.tensor.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page of a study shows and says. */
class StudyPageTest {
  private static final InputImage BIRD = SampleImages.birds().get(3);
  private static GraphClassifier network;

  @TempDir Path home;

  @BeforeAll
  static void open() {
    Models models = new Models(new DataHome(Path.of("no-home"), List.of()));
    network = ModelReader.open(models.locate("aviary", ByteProgress.NONE), Device.CPU);
  }

  private String page(List<Algorithm> attacks) throws IOException {
    StudySpec spec =
        new StudySpec(
            new AttackSpec(
                attacks,
                Norm.LINF,
                attacks.isEmpty() ? List.of() : List.of(8 / 255.0),
                OptionalInt.empty(),
                Set.of(AttackSpec.Option.ROUNDING)),
            new ExplanationSpec(
                List.of(Algorithm.of("gradient"), Algorithm.of("integrated-gradients")),
                OptionalInt.empty()),
            0,
            1);
    StudyFolder folder = new StudyFolder(home, spec, network, name -> AviarySet.train());
    folder.expect(List.of(BIRD.name()));
    new Study(spec, network).run(List.of(BIRD), folder, Progress.SILENT, new AtomicBoolean());
    folder.finish(Provenance.of(network, List.of("adversight")));
    return Files.readString(home.resolve("report.html"));
  }

  /** What a reader sees of a page. */
  private static String words(String page) {
    return page.replaceFirst("(?s)<style>.*</style>", "").replaceAll("<[^>]*>", " ");
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  @Test
  void explanationsHaveABarAndSayWhereTheirColoursEnd() throws IOException {
    String page = page(List.of());
    assertThat(count(page, "class=\"scale\"")).isEqualTo(2);
    assertThat(words(page))
        .contains("Vanilla gradient of ", "Integrated gradients of ")
        .contains("clipped at the 99th percentile")
        .doesNotContain("before", "after");
  }

  @Test
  void onePercentOfAMapHasTheLastColour() throws IOException {
    page(List.of());
    Path own = home.resolve(BIRD.name()).resolve("gradient");
    float[] sorted = Npy.read(own.resolve("map.npy")).toArray();
    Arrays.sort(sorted);
    Raster shown = ImageFiles.read(own.resolve("map.png"));
    int last = 0;
    for (int y = 0; y < shown.height(); y++) {
      for (int x = 0; x < shown.width(); x++) {
        last += Math.rint(255 * shown.at(1, y, x)) == 255 ? 1 : 0;
      }
    }
    int beyond = 0;
    float end = sorted[(int) (0.99 * (sorted.length - 1)) + 1];
    for (float value : sorted) {
      beyond += value >= end ? 1 : 0;
    }
    assertThat(beyond).isBetween(sorted.length / 120, sorted.length / 90);
    assertThat(last).isGreaterThanOrEqualTo(beyond);
  }

  @Test
  void attacksShowMapsBeforeAndAfterAndTheirDifference() throws IOException {
    String page = page(List.of(Algorithm.of("fgsm")));
    assertThat(words(page))
        .contains("Fast gradient sign method", "epsilon 8/255")
        .contains("before, ", "after, ", "after minus before")
        .contains("after 8-bit quantization");
    assertThat(count(page, "class=\"scale\"")).isGreaterThanOrEqualTo(6);
  }
}
