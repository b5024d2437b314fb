package io.adversight.training.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.data.AviarySet;
import io.adversight.data.DataSet;
import io.adversight.data.DrawnDigitSet;
import io.adversight.graph.Graph;
import io.adversight.graph.onnx.ImportOptions;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.home.DataHome;
import io.adversight.model.ModelCard;
import io.adversight.model.Models;
import io.adversight.model.Prototypes;
import io.adversight.run.Progress;
import io.adversight.tensor.Device;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import io.adversight.training.Recipe;
import io.adversight.training.Train;
import io.adversight.training.TrainingCurve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heads on a network of two convolutions for grey images of 14 x 14, and on {@code aviary}. */
class ImportedBackboneTest {
  private static final DataSet TRAIN = new DrawnDigitSet(0, 20, 14);
  private static final DataSet TEST = new DrawnDigitSet(1000, 4, 14);
  private static final String CARD =
      """
      {"name": "small", "file": "small.onnx",
       "input": {"channels": 1, "height": 14, "width": 14},
       "preprocessing": {"channels": "GRAY", "range": 1, "mean": [0.1], "std": [0.3]},
       "resize": {"mode": "stretch"}, "output": "logits", "classes": 7,
       "labels": ["a", "b", "c", "d", "e", "f", "g"]}
      """;

  @TempDir Path folder;

  /** An ONNX file of seven other classes, and its card. */
  private Path network() throws IOException {
    try (Scope scope = Scope.open()) {
      GapNet net = new GapNet(List.of(List.of(6), List.of(9)));
      Graph graph = net.graph(ModelCard.parse(CARD, "test").input(), 7, new Rng(5));
      Files.writeString(folder.resolve("small.card.json"), CARD);
      return Files.write(
          folder.resolve("small.onnx"), OnnxWriter.write(graph, Shape.of(1, 1, 14, 14)));
    }
  }

  private static String phase(String name, int epochs, String trained) {
    return """
    {"name": "%s", "epochs": %s, "trained": [%s],
     "loss": {"type": "cross-entropy", "smoothing": 0.1},
     "optimizer": {"type": "sgd", "momentum": 0.9, "weightDecay": 0.0005, "nesterov": true},
     "schedule": {"type": "constant", "peak": 0.05}, "project": false}
    """
        .formatted(name, epochs, trained);
  }

  private static Recipe recipe(Path network, String layer, String head, String... phases) {
    return Recipe.parse(
        """
        {"name": "headed", "title": "", "dataSet": "drawn",
         "preprocessing":
           {"channels": "GRAY", "range": 1, "mean": [0.1], "std": [0.3], "layout": "NCHW"},
         "architecture":
           {"type": "imported-backbone", "network": "%s", "layer": "%s", "head": %s},
         "startFrom": "",
         "augmentation": {"shift": 0, "rotation": 0, "scale": 0, "shear": 0, "flip": false},
         "batch": 20, "phases": [%s], "weights": "FLOAT32", "seed": 3, "note": ""}
        """
            .formatted(network, layer, head, String.join(",", phases)),
        "test");
  }

  private Train.Result train(Recipe recipe) {
    Path out = folder.resolve("out");
    return Train.run(recipe, TRAIN, TEST, out, Device.CPU, Progress.SILENT);
  }

  private static Tensor constant(Path network, String name) {
    ImportOptions unfolded = new ImportOptions().folding(false);
    Graph graph = OnnxImporter.read(network, unfolded).graph();
    return Objects.requireNonNull(graph.constants().get(name), name);
  }

  @Test
  void aFrozenBackboneStaysAsItIsAndItsHeadLearns() throws IOException {
    Path network = network();
    Train.Result result =
        train(recipe(network, "relu2", "{\"type\": \"dense\"}", phase("head", 6, "\"logits\"")));
    for (String name : List.of("conv1.weight", "conv2.weight")) {
      assertThat(constant(result.file(), name).toFloats())
          .containsExactly(constant(network, name).toFloats());
    }
    List<TrainingCurve.Point> curve = result.curve().points();
    assertThat(curve.get(5).loss()).isLessThan(curve.get(0).loss() - 0.1);
    // Measured once on the features that were kept, and once on the images by the written file.
    assertThat(result.card().measured())
        .containsEntry("drawn test top-1", curve.get(5).testAccuracy());
    assertThat(result.card().classes()).isEqualTo(10);
  }

  @Test
  void aTunedBackboneChanges() throws IOException {
    Path network = network();
    Train.Result result =
        train(
            recipe(
                network,
                "relu2",
                "{\"type\": \"attention-pooling\"}",
                phase("head", 1, "\"top_down\", \"bottom_up\""),
                phase("all", 3, "")));
    assertThat(constant(result.file(), "conv1.weight").toFloats())
        .isNotEqualTo(constant(network, "conv1.weight").toFloats());
    List<TrainingCurve.Point> curve = result.curve().points();
    assertThat(curve.get(3).loss()).isLessThan(curve.get(0).loss());
  }

  @Test
  void prototypesOfAHeadAreProjectedOntoTrainingImages() throws IOException {
    String head = "{\"type\": \"prototypes\", \"depth\": 4, \"perClass\": 2, \"prune\": 0}";
    String phase = phase("warm", 1, "\"added\", \"prototypes\"").replace("false}\n", "true}\n");
    Train.Result result = train(recipe(network(), "relu2", head, phase));
    String said = OnnxImporter.read(result.file()).metadata().getOrDefault(Prototypes.KEY, "[]");
    List<Prototypes.Prototype> prototypes = Prototypes.parse(said, "test").all();
    assertThat(prototypes).hasSize(20);
    for (int i = 0; i < 20; i++) {
      assertThat(prototypes.get(i).owner()).isEqualTo(i / 2);
      assertThat(TRAIN.label(prototypes.get(i).image())).isEqualTo(i / 2);
    }
  }

  /** What a phase learns does not depend on whether features are computed once or in every step. */
  @Test
  void featuresThatAreKeptTeachWhatImagesTeach() {
    DataSet train = new AviarySet("birds-train", 5000, 3, 96).inMemory();
    DataSet test = new AviarySet("birds", 9000, 1, 96).inMemory();
    Recipe images =
        Recipe.parse(
            Recipe.named("aviary-attention")
                .toJson()
                .replaceAll("\"architecture\":\\{.*?\\]\\]\\}", "\"architecture\":" + GAP)
                .replaceAll("\"augmentation\":\\{.*?\\}", "\"augmentation\":" + UNCHANGED)
                .replaceAll("\"batch\":64", "\"batch\":12")
                .replaceAll("\"phases\":\\[.*\\}\\],", "\"phases\":[" + HEAD + "],"),
            "images");
    Recipe features =
        Recipe.parse(
            images
                .toJson()
                .replaceAll("\"architecture\":\\{.*?\\]\\]\\}", "\"architecture\":" + ON_AVIARY),
            "features");
    List<TrainingCurve.Point> slow = curve(images, train, test, "slow");
    List<TrainingCurve.Point> fast = curve(features, train, test, "fast");
    for (int i = 0; i < 2; i++) {
      assertThat(fast.get(i).loss()).isCloseTo(slow.get(i).loss(), within(1e-4));
      assertThat(fast.get(i).testAccuracy()).isEqualTo(slow.get(i).testAccuracy());
    }
    assertThat(slow.get(1).loss()).isNotCloseTo(slow.get(0).loss(), within(1e-3));
  }

  private static final String GAP = "{\"type\":\"gap-net\",\"stages\":[[12],[24],[48],[96],[128]]}";
  private static final String ON_AVIARY =
      "{\"type\":\"imported-backbone\",\"network\":\"aviary\",\"layer\":\"relu5\","
          + "\"head\":{\"type\":\"dense\"}}";
  private static final String UNCHANGED =
      "{\"shift\":0,\"rotation\":0,\"scale\":0,\"shear\":0,\"flip\":false}";
  private static final String HEAD = phase("head", 2, "\"logits\"").replace("\n", "");

  private List<TrainingCurve.Point> curve(Recipe recipe, DataSet train, DataSet test, String name) {
    Path out = folder.resolve(name);
    return Train.run(recipe, train, test, out, Device.CPU, Progress.SILENT).curve().points();
  }

  @Test
  void whatDoesNotFitIsNamed() throws IOException {
    Path network = network();
    String dense = "{\"type\": \"dense\"}";
    String phase = phase("head", 1, "\"logits\"");
    assertThatThrownBy(() -> train(recipe(network, "relu3", dense, phase)))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("layer \"relu3\" does not exist in \"small\"; the layers of maps are")
        .hasMessageContaining("relu2");
    assertThatThrownBy(() -> train(recipe(network, "logits", dense, phase)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a head needs a layer of maps");
    String other = recipe(network, "relu2", dense, phase).toJson().replace("0.3", "0.4");
    assertThatThrownBy(() -> train(Recipe.parse(other, "other")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("preprocessing must be that of \"small\"");
    assertThatThrownBy(() -> new ImportedBackbone("nowhere", "relu2", new DenseHead()).on(models()))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("there is no model \"nowhere\"");
  }

  private Models models() {
    return new Models(new DataHome(folder, List.of()));
  }
}
