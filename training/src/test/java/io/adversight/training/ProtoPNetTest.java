package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attribution.inherent.PrototypeMatch;
import io.adversight.data.AviarySet;
import io.adversight.data.DataSet;
import io.adversight.data.Labels;
import io.adversight.graph.BackwardRules;
import io.adversight.graph.Graph;
import io.adversight.image.Raster;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.InputResize;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Objective;
import io.adversight.model.OutputKind;
import io.adversight.model.Preprocessing;
import io.adversight.model.Prototypes;
import io.adversight.report.study.PrototypeSheet;
import io.adversight.run.Progress;
import io.adversight.tensor.Device;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.ProtoPNet;
import io.adversight.training.data.Batch;
import io.adversight.training.loss.PrototypeLoss;
import io.adversight.training.loss.TrainingPass;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtoPNetTest {
  private static final DataSet BIRDS = new AviarySet("birds", 50, 3, 32).inMemory();
  private static final ProtoPNet NET = new ProtoPNet(List.of(List.of(4), List.of(6)), 5, 2, 3);

  private static final Recipe RECIPE =
      Recipe.parse(
          """
          {"name": "small-prototypes", "title": "", "dataSet": "birds",
           "preprocessing":
             {"channels": "RGB", "range": 1, "mean": [0.5], "std": [0.25], "layout": "NCHW"},
           "architecture":
             {"type": "proto-p-net", "stages": [[4], [6]], "depth": 5, "perClass": 2, "prune": 1},
           "startFrom": "",
           "augmentation": {"shift": 0, "rotation": 0, "scale": 0, "shear": 0, "flip": true},
           "batch": 12,
           "phases": [
             {"name": "joint", "epochs": 2, "trained": ["conv", "norm", "added", "prototypes"],
              "loss":
                {"type": "prototype-loss", "cluster": 0.8, "separation": 0.08, "sparsity": 0},
              "optimizer":
                {"type": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0},
              "schedule": {"type": "constant", "peak": 0.003},
              "project": true},
             {"name": "last", "epochs": 1, "trained": ["last"],
              "loss":
                {"type": "prototype-loss", "cluster": 0, "separation": 0, "sparsity": 1e-4},
              "optimizer":
                {"type": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0},
              "schedule": {"type": "constant", "peak": 0.001},
              "project": false}
           ],
           "weights": "FLOAT32", "seed": 3, "note": ""}
          """,
          "test");

  @TempDir Path folder;

  @Test
  void prototypesOfAWrittenNetworkAreTrainingPatchesPixelByPixel() {
    Train.Result result = Train.run(RECIPE, BIRDS, BIRDS, folder, Device.CPU, Progress.SILENT);
    GraphClassifier network =
        ModelReader.open(ModelFile.of(result.file(), result.card()), Device.CPU);
    List<Prototypes.Prototype> all = network.prototypes().all();
    assertThat(all).hasSizeBetween(1, 24);
    try (Scope scope = Scope.open()) {
      for (int p = 0; p < all.size(); p++) {
        Prototypes.Prototype prototype = all.get(p);
        Raster training = BIRDS.image(prototype.image());
        Objective own = Objective.Logit.of(prototype.owner());
        Tensor pixels = Batch.pixels(BIRDS, prototype.image(), 1);
        int number = p;
        PrototypeMatch match =
            PrototypeMatch.of(network.trace(pixels), own, all.size()).get(0).stream()
                .filter(found -> found.number() == number)
                .findFirst()
                .orElseThrow();
        // The network finds the prototype again where it was taken from: at distance 0.
        int place = prototype.row() * 16 + prototype.column();
        assertThat((double) match.map().toArray()[place]).isCloseTo(Math.log(1e4), within(0.05));
        Raster patch = PrototypeSheet.patch(training, prototype.row(), prototype.column(), 16, 16);
        Raster sheet = PrototypeSheet.of(training, List.of(match), name -> BIRDS);
        assertThat(sheet.width()).isEqualTo(3 * 32 + 2 * 4);
        for (int y = 0; y < 32; y++) {
          for (int x = 0; x < 32; x++) {
            boolean inside = y / 2 == prototype.row() && x / 2 == prototype.column();
            for (int c = 0; c < 3; c++) {
              if (inside) {
                assertThat(patch.at(c, y % 2, x % 2)).isEqualTo(training.at(c, y, x));
              } else {
                assertThat(sheet.at(c, y, 36 + x)).isEqualTo(training.at(c, y, x));
              }
            }
          }
        }
      }
    }
  }

  private static GraphClassifier classifier(Graph graph) {
    ModelCard card =
        ModelCard.of(
            "birds",
            "birds.onnx",
            new Input(3, 32, 32),
            Preprocessing.none(ChannelOrder.RGB),
            InputResize.stretch(),
            OutputKind.LOGITS,
            12,
            new LabelSource.Inline(BIRDS.classNames()));
    return new GraphClassifier(card, Labels.of(BIRDS.classNames()), graph);
  }

  private static Graph untrained() {
    return NET.graph(new Input(3, 32, 32), 12, new Rng(9));
  }

  private static float[] values(Map<String, Tensor> all, String name) {
    return Objects.requireNonNull(all.get(name)).contiguous().toFloats();
  }

  @Test
  void similaritiesFollowFromTheSquaredDistances() {
    try (Scope scope = Scope.open()) {
      Graph graph = untrained();
      Map<String, Tensor> all = graph.forwardAll(Batch.pixels(BIRDS, 0, 1), BackwardRules.STANDARD);
      float[] patches = values(all, "patches");
      float[] prototypes = values(graph.constants(), "prototypes");
      float[] similarities = values(all, "similarities");
      float[] evidence = values(all, "evidence");
      int places = 16 * 16;
      for (int p = 0; p < 24; p++) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int place = 0; place < places; place++) {
          double distance = 0;
          for (int d = 0; d < 5; d++) {
            double difference = patches[d * places + place] - prototypes[p * 5 + d];
            distance += difference * difference;
          }
          double similarity = Math.log((distance + 1) / (distance + 1e-4));
          assertThat((double) similarities[p * places + place]).isCloseTo(similarity, within(1e-4));
          largest = Math.max(largest, similarity);
        }
        assertThat((double) evidence[p]).isCloseTo(largest, within(1e-4));
      }
    }
  }

  @Test
  void theLossIsThatOfItsDefinition() {
    try (Scope scope = Scope.open()) {
      float[] distances = {4, 3, 1, 2, 5, 6, 7, 0.5f};
      TrainingPass pass =
          new TrainingPass(
              Map.of(
                  "distances", Tensor.of(distances, 2, 4, 1, 1),
                  "logits", Tensor.of(new float[] {0, 0, 0, 0}, 2, 2)),
              Map.of("last.weight", Tensor.of(new float[] {1, 1, -2, 1, 3, 1, 1, 1}, 2, 4)),
              "logits");
      Tensor labels = Tensor.of(new long[] {0, 1}, 2, 1);
      // Own prototypes: 3 of (4, 3), and 0.5 of (7, 0.5); of others: 1 and 5; wrong: 2 + 1 + 3 + 1.
      double expected = Math.log(2) + 0.8 * 1.75 - 0.08 * 3 + 0.1 * 7;
      assertThat(new PrototypeLoss(0.8, 0.08, 0.1).of(pass, labels).item())
          .isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void projectedPrototypesAreTheNearestPatchesOfTheirClass() {
    try (Scope scope = Scope.open()) {
      Graph graph = untrained();
      GraphClassifier classifier = classifier(graph);
      PrototypeProjection projection = PrototypeProjection.of(graph, classifier, BIRDS);
      assertThat(projection.prototypes().all()).hasSize(24);
      Graph projected = graph.withConstants(Map.of("prototypes", projection.values()));
      for (int p = 0; p < 24; p++) {
        Prototypes.Prototype prototype = projection.prototypes().all().get(p);
        assertThat(prototype.owner()).isEqualTo(p / 2).isEqualTo(BIRDS.label(prototype.image()));
        float[] similarity = values(features(projected, prototype.image()), "similarities");
        int place = prototype.row() * 16 + prototype.column();
        // The patch is the prototype: their distance is 0, so the likeness is log(1 / 0.0001).
        assertThat((double) similarity[p * 256 + place]).isCloseTo(Math.log(1e4), within(0.05));
        nothingOfItsClassIsNearer(graph, p, prototype);
      }
    }
  }

  private static Map<String, Tensor> features(Graph graph, int image) {
    return graph.forwardAll(Batch.pixels(BIRDS, image, 1), BackwardRules.STANDARD);
  }

  private static void nothingOfItsClassIsNearer(
      Graph graph, int p, Prototypes.Prototype prototype) {
    float[] chosen = values(features(graph, prototype.image()), "distances");
    float least = chosen[p * 256 + prototype.row() * 16 + prototype.column()];
    for (int image = 0; image < BIRDS.size(); image++) {
      if (BIRDS.label(image) == prototype.owner()) {
        float[] distances = values(features(graph, image), "distances");
        for (int place = 0; place < 256; place++) {
          assertThat(distances[p * 256 + place]).isGreaterThanOrEqualTo(least - 1e-5f);
        }
      }
    }
  }

  @Test
  void pruningLeavesThePrototypesWhoseNeighboursAreTheirOwn() {
    try (Scope scope = Scope.open()) {
      Graph graph = untrained();
      GraphClassifier classifier = classifier(graph);
      Prototypes all = PrototypeProjection.of(graph, classifier, BIRDS).prototypes();
      assertThat(PrototypePruning.of(graph, all, classifier, BIRDS, 0).prototypes()).isEqualTo(all);
      PrototypePruning some = PrototypePruning.of(graph, all, classifier, BIRDS, 2);
      int left = some.prototypes().all().size();
      assertThat(left).isLessThan(24);
      assertThat(some.values().toFloats()).hasSize(5 * left);
      assertThat(some.connections().shape().toArray()).containsExactly(12, left);
    }
  }
}
