package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.attribution.inherent.PrototypeMatch;
import io.adversight.data.AviarySet;
import io.adversight.data.DataSet;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.home.Sha256;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.KnownModel;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.model.Objective;
import io.adversight.model.Prototypes;
import io.adversight.model.Trace;
import io.adversight.report.study.PrototypeImages;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.study.ExplanationMethods;
import io.adversight.study.explanation.ObjectShares;
import io.adversight.study.image.InputImage;
import io.adversight.study.image.SampleImages;
import io.adversight.tensor.Device;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.training.data.Accuracy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The networks of drawn birds that come with the library. */
class AviaryNetworksTest {
  private static final DataSet FIRST = AviarySet.test().take(240).inMemory();

  @TempDir Path home;

  static List<String> names() {
    return embedded().list().stream()
        .filter(model -> model.state() == KnownModel.State.EMBEDDED)
        .map(KnownModel::id)
        .filter(name -> name.startsWith("aviary"))
        .toList();
  }

  private static Models embedded() {
    return new Models(new DataHome(Path.of("no-home"), List.of()));
  }

  private static GraphClassifier open(String name) {
    return ModelReader.open(embedded().locate(name, ByteProgress.NONE), Device.CPU);
  }

  @ParameterizedTest
  @MethodSource("names")
  void isTheFileOfItsCardAndAsGoodAsItSays(String name) throws IOException {
    ModelFile file = embedded().locate(name, ByteProgress.NONE);
    Path copy = Files.write(home.resolve("copy.onnx"), file.bytes());
    assertThat(Sha256.of(copy)).isEqualTo(file.card().sha256());
    assertThat(Files.size(copy)).isEqualTo(file.card().bytes());
    assertThat(file.card().source()).isEqualTo("training/recipes/" + name + ".json");
    Recipe recipe = Recipe.named(name);
    GraphClassifier network = ModelReader.open(file, Device.CPU);
    double claimed = file.card().measured().getOrDefault("aviary test top-1", 0.0);
    double spread = Math.sqrt(claimed * (1 - claimed) / FIRST.size());
    assertThat(Accuracy.of(network, FIRST, 60)).isCloseTo(claimed, within(3 * spread));
    TrainingCurve curve =
        TrainingCurve.parse(Files.readString(Path.of("recipes", name + ".curve.csv")));
    assertThat(curve.points()).hasSize(recipe.epochs());
  }

  @Test
  void allNetworksTogetherAreSmall() {
    long bytes =
        embedded().list().stream()
            .filter(model -> model.state() == KnownModel.State.EMBEDDED)
            .mapToLong(model -> model.card().bytes())
            .sum();
    assertThat(bytes).isLessThan(13_000_000);
  }

  /** Explanations look at the birds: more of each map lies there than the birds' share of area. */
  @ParameterizedTest
  @CsvSource({
    "aviary, grad-cam, ''",
    "aviary-attention, attention-map, combined",
    "aviary-attention, attention-map, bottom-up",
    "aviary-vgg, grad-cam, ''",
    "aviary-residual, grad-cam, ''",
    "aviary-vit, attention-rollout, ''",
    "aviary-vit, attention-relevance, ''",
    "aviary-vit, attn-lrp, ''",
    "aviary-protopnet, prototype-similarity, ''"
  })
  void itsExplanationsLookAtTheBirds(String name, String method, String part) {
    Map<String, String> parameters = part.isEmpty() ? Map.of() : Map.of("part", part);
    GraphClassifier network = open(name);
    List<InputImage> birds = SampleImages.birds();
    List<Attribution> methods =
        List.of(ExplanationMethods.create(new Algorithm(method, parameters)));
    double onBirds = 0;
    double area = 0;
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(birds.stream().map(InputImage::view).toList());
      List<Integer> classes = birds.stream().map(bird -> bird.label().orElseThrow()).toList();
      List<Heatmap> maps =
          Attributions.run(methods, network, pixels, new Objective.Logit(classes), Run.of(12))
              .get(0);
      for (int i = 0; i < maps.size(); i++) {
        Map<String, Raster> objects = birds.get(i).objects();
        onBirds += ObjectShares.of(maps.get(i).map(), objects).getOrDefault("bird", 0.0);
        area += ObjectShares.ofArea(objects).getOrDefault("bird", 0.0);
      }
    }
    assertThat(onBirds / area).isGreaterThan(1.3);
  }

  @Test
  void residualAttentionHasAMaskForEachStage() {
    GraphClassifier network = open("aviary-residual");
    try (Scope scope = Scope.open()) {
      Trace trace = network.trace(Batches.of(List.of(SampleImages.birds().get(3).view())));
      for (int stage = 1; stage <= 3; stage++) {
        Map<String, String> parameters = Map.of("stage", Integer.toString(stage));
        Tensor mask =
            ExplanationMethods.create(new Algorithm("soft-mask", parameters))
                .attribute(trace, Objective.Logit.of(3), Run.of(1));
        float[] values = mask.toFloats();
        assertThat(values).hasSizeGreaterThanOrEqualTo(36).doesNotContain(0f, 1f);
        float least = 1;
        float most = 0;
        for (float value : values) {
          least = Math.min(least, value);
          most = Math.max(most, value);
        }
        assertThat(least).isPositive();
        assertThat(most).isBetween(least + 0.01f, 1f);
      }
    }
  }

  /** Each prototype is found where it was taken from, and its patch is that of the image. */
  @Test
  void prototypesAreTrainingPatches() {
    GraphClassifier network = open("aviary-protopnet");
    List<Prototypes.Prototype> all = network.prototypes().all();
    DataSet train = AviarySet.train();
    for (int p = 0; p < all.size(); p += 9) {
      Prototypes.Prototype prototype = all.get(p);
      Raster image = train.image(prototype.image());
      assertThat(prototype.dataSet()).isEqualTo(train.name());
      assertThat(train.label(prototype.image())).isEqualTo(prototype.owner());
      int number = p;
      PrototypeMatch match;
      try (Scope scope = Scope.open()) {
        Trace trace = network.trace(Batches.of(List.of(image)));
        match =
            PrototypeMatch.of(trace, Objective.Logit.of(prototype.owner()), all.size())
                .get(0)
                .stream()
                .filter(found -> found.number() == number)
                .findFirst()
                .orElseThrow();
      }
      assertThat(List.of(match.row(), match.column()))
          .isEqualTo(List.of(prototype.row(), prototype.column()));
      // 9.2 at distance 0, which is a little more where weights were rounded to two bytes.
      assertThat(match.similarity()).isGreaterThan(6);
      Raster patch =
          PrototypeImages.of(image, match, found -> Optional.of(train.image(found.image())))
              .patch()
              .orElseThrow();
      for (int y = 0; y < 16; y++) {
        for (int x = 0; x < 16; x++) {
          for (int c = 0; c < 3; c++) {
            assertThat(patch.at(c, y, x))
                .isEqualTo(image.at(c, 16 * prototype.row() + y, 16 * prototype.column() + x));
          }
        }
      }
    }
  }
}
