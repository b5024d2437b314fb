package io.adversight.report.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.problem.Norm;
import io.adversight.data.AviarySet;
import io.adversight.data.DataSet;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.image.ImageFiles;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.metric.statistic.EnergyInMask;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.report.ImageResults;
import io.adversight.report.Provenance;
import io.adversight.report.explanation.ComparisonFolder;
import io.adversight.run.Progress;
import io.adversight.study.Algorithm;
import io.adversight.study.AttackSpec;
import io.adversight.study.ExplanationSpec;
import io.adversight.study.Study;
import io.adversight.study.StudySpec;
import io.adversight.study.explanation.MapMeasure;
import io.adversight.study.image.InputImage;
import io.adversight.study.image.SampleImages;
import io.adversight.tensor.Device;
import io.adversight.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What results say of images that know where the bird is, and of a network by prototypes. */
class BirdReportTest {
  private static final List<InputImage> BIRDS = SampleImages.birds().subList(3, 5);
  private static final StudySpec SPEC =
      new StudySpec(
          new AttackSpec(
              List.of(Algorithm.of("fgsm")),
              Norm.LINF,
              List.of(8 / 255.0),
              OptionalInt.empty(),
              Set.of()),
          new ExplanationSpec(List.of(Algorithm.of("grad-cam")), OptionalInt.empty()),
          0,
          2);
  private static GraphClassifier network;

  @TempDir Path home;

  @BeforeAll
  static void open() {
    Models models = new Models(new DataHome(Path.of("no-home"), List.of()));
    network = ModelReader.open(models.locate("aviary-protopnet", ByteProgress.NONE), Device.CPU);
  }

  private static <T extends ImageResults & Study.Sink> void run(T results) {
    results.expect(BIRDS.stream().map(InputImage::name).toList());
    new Study(SPEC, network).run(BIRDS, results, Progress.SILENT, new AtomicBoolean());
    results.finish(Provenance.of(network, List.of("adversight")));
  }

  private JsonNode study(Function<String, DataSet> sets) {
    run(new StudyFolder(home.resolve("study"), SPEC, network, sets));
    return Json.MAPPER.readTree(home.resolve("study/result.json").toFile());
  }

  private Raster map(String file) {
    return Npy.read(home.resolve(file));
  }

  private static double onBird(Raster map, InputImage bird) {
    return new EnergyInMask().score(map, bird.objects().getOrDefault("bird", map));
  }

  @Test
  void sharesOnTheBirdAreThoseOfTheMapsThatLieBeside() throws IOException {
    JsonNode result = study(name -> AviarySet.train());
    double before = 0;
    double after = 0;
    for (int i = 0; i < 2; i++) {
      String place = "study/" + BIRDS.get(i).name();
      JsonNode image = result.path("images").path(i);
      double clean = onBird(map(place + "/grad-cam/map.npy"), BIRDS.get(i));
      double changed = onBird(map(place + "/fgsm/grad-cam/map.npy"), BIRDS.get(i));
      assertThat(image.path("explanations").path(0).path("onObjects").path("bird").asDouble())
          .isEqualTo(clean);
      before += clean / 2;
      after += changed / 2;
    }
    JsonNode shares = result.path("objectShares");
    assertThat(shares.path(0).path("method").asString()).isEqualTo(ObjectTable.AREA);
    assertThat(bird(shares, "", "clean image")).isCloseTo(before, within(1e-12));
    assertThat(bird(shares, "fgsm", "original class")).isCloseTo(after, within(1e-12));
    assertThat(ObjectTable.table(shares, Norm.LINF).header())
        .containsExactly("map", "attack", "of", "images", "on bird", "on discriminative part");
    assertThat(Files.readString(home.resolve("study/report.html")))
        .contains("How much of the maps lies where", "% on bird");
  }

  private static double bird(JsonNode shares, String attack, String map) {
    for (JsonNode entry : shares) {
      if (entry.path("attack").asString("").equals(attack)
          && entry.path("map").asString("").equals(map)) {
        return entry.path("onObjects").path("bird").asDouble();
      }
    }
    throw new AssertionError("no shares of " + map);
  }

  @Test
  void comparisonsHaveTheSharesAsColumns() throws IOException {
    List<MapMeasure> measures = List.of(new MapMeasure(Algorithm.of("spearman")));
    ComparisonFolder folder =
        new ComparisonFolder(home.resolve("compared"), SPEC, measures, network);
    run(folder);
    List<String> header = folder.summary().get(0);
    assertThat(header)
        .contains("spearman", "share on bird, before", "share on bird, after")
        .contains("share on discriminative part, before", "share on discriminative part, after");
    double mean = 0;
    for (InputImage bird : BIRDS) {
      mean += onBird(map("compared/" + bird.name() + "/fgsm/grad-cam/after.npy"), bird) / 2;
    }
    List<String> original =
        folder.summary().stream()
            .filter(r -> r.contains("original class"))
            .findFirst()
            .orElseThrow();
    assertThat(original.get(header.indexOf("share on bird, after")))
        .startsWith(String.format(Locale.ROOT, "%.3f ±", mean));
  }

  @Test
  void prototypesAreShownWithTheirTrainingPatchesBeforeAndAfter() throws IOException {
    JsonNode result = study(name -> AviarySet.train());
    String place = "study/" + BIRDS.get(0).name();
    for (String part : List.of("/prototypes", "/fgsm/prototypes")) {
      JsonNode image = result.path("images").path(0);
      JsonNode found =
          (part.startsWith("/fgsm") ? image.path("attacks").path(0) : image).path("prototypes");
      assertThat(found).hasSize(4);
      for (int i = 0; i < 4; i++) {
        JsonNode source = found.path(i).path("source");
        Raster training = AviarySet.train().image(source.path("image").asInt());
        Raster patch =
            PrototypeSheet.patch(
                training, source.path("row").asInt(), source.path("column").asInt(), 6, 6);
        String start = place + part + "/" + (i + 1);
        assertThat(Files.readAllBytes(home.resolve(start + "-patch.png")))
            .isEqualTo(ImageFiles.png(patch));
        assertThat(home.resolve(start + "-here.png")).exists();
        assertThat(home.resolve(start + "-map.png")).exists();
      }
    }
    assertThat(Files.readString(home.resolve("study/report.html")))
        .contains(
            "Prototypes before the attack", "Prototypes after the attack", "which comes from");
  }

  @Test
  void withoutTheTrainingImagesThePlacesAreShownAlone() throws IOException {
    study(
        name -> {
          throw new NoSuchElementException("there is no " + name);
        });
    Path place = home.resolve("study").resolve(BIRDS.get(0).name()).resolve("prototypes");
    assertThat(place.resolve("1-here.png")).exists();
    assertThat(place.resolve("1-patch.png")).doesNotExist();
    assertThat(Files.readString(home.resolve("study/report.html")))
        .contains("Prototypes before the attack")
        .doesNotContain("which comes from");
  }
}
