package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.data.DataSet;
import io.adversight.data.DrawnDigitSet;
import io.adversight.data.Labels;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelCard;
import io.adversight.run.Progress;
import io.adversight.tensor.Device;
import io.adversight.tensor.Engine;
import io.adversight.training.data.Accuracy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small trainings on drawn digits of 14 x 14 pixels. */
class TrainTest {
  private static final Recipe RECIPE =
      Recipe.parse(
          """
          {"name": "small", "title": "A small network", "dataSet": "drawn",
           "preprocessing":
             {"channels": "GRAY", "range": 1, "mean": [0.1], "std": [0.3], "layout": "NCHW"},
           "architecture": {"type": "gap-net", "stages": [[8], [16]]},
           "startFrom": "",
           "augmentation":
             {"shift": 1, "rotation": 5, "scale": 0.05, "shear": 0, "flip": false},
           "batch": 20,
           "phases": [
             {"name": "most", "epochs": 6, "trained": [],
              "loss": {"type": "cross-entropy", "smoothing": 0.1},
              "optimizer":
                {"type": "sgd", "momentum": 0.9, "weightDecay": 0.0005, "nesterov": true},
              "schedule": {"type": "one-cycle", "peak": 0.3, "warmUp": 0.25},
              "project": false},
             {"name": "head", "epochs": 2, "trained": ["logits"],
              "loss": {"type": "cross-entropy", "smoothing": 0.1},
              "optimizer":
                {"type": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0},
              "schedule": {"type": "constant", "peak": 0.003},
              "project": false}
           ],
           "weights": "FLOAT32", "seed": 3, "note": ""}
          """,
          "test");
  private static final DataSet TRAIN = new DrawnDigitSet(0, 40, 14);
  private static final DataSet TEST = new DrawnDigitSet(1000, 10, 14);

  @TempDir Path folder;
  private final int threads = Engine.threads();

  private Train.Result train(String name, Progress progress) {
    return Train.run(RECIPE, TRAIN, TEST, folder.resolve(name), Device.CPU, progress);
  }

  @BeforeEach
  void useOneThread() {
    Engine.setThreads(1);
  }

  @AfterEach
  void useAllThreads() {
    Engine.setThreads(threads);
  }

  @Test
  void learnsRepeatsExactlyAndResumesToTheSameCurve() throws IOException {
    Train.Result once = train("once", Progress.SILENT);
    assertThat(once.curve().points()).hasSize(RECIPE.epochs());
    double accuracy = once.curve().points().get(RECIPE.epochs() - 1).testAccuracy();
    assertThat(accuracy).isGreaterThan(0.8);

    Train.Result again = train("again", Progress.SILENT);
    assertThat(again.curve()).isEqualTo(once.curve());
    assertThat(again.file()).hasSameBinaryContentAs(once.file());

    killAt("killed", 50);
    killAt("killed", 150);
    assertThat(Files.exists(folder.resolve("killed/small.onnx"))).isFalse();
    long[] steps = {0};
    Train.Result resumed =
        train("killed", (done, total, what) -> steps[0] += what.equals("steps") ? 1 : 0);
    assertThat(steps[0]).isEqualTo(20);
    assertThat(resumed.curve()).isEqualTo(once.curve());
    assertThat(resumed.file()).hasSameBinaryContentAs(once.file());
    assertThat(folder.resolve("killed/curve.csv"))
        .hasSameTextualContentAs(folder.resolve("once/curve.csv"));

    theWrittenFilesAreTheMeasuredNetwork(once, accuracy);
  }

  private void killAt(String name, long step) {
    assertThatThrownBy(
            () ->
                train(
                    name,
                    (done, total, what) -> {
                      if (done == step && what.equals("steps")) {
                        throw new IllegalStateException("killed in step " + done);
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("killed in step " + step);
  }

  private static void theWrittenFilesAreTheMeasuredNetwork(Train.Result result, double accuracy) {
    ModelCard card = ModelCard.read(result.file().resolveSibling("small.card.json"));
    assertThat(card).isEqualTo(result.card());
    assertThat(card.measured()).containsEntry("drawn test top-1", accuracy);
    var classifier =
        new GraphClassifier(card, Labels.named("digits"), OnnxImporter.read(result.file()).graph());
    assertThat(Accuracy.of(classifier, TEST, 7)).isEqualTo(accuracy);
  }

  @Test
  void keepsTheNetworkOfEveryEpochWhenAsked() {
    Path out = folder.resolve("kept");
    Train.Result kept =
        Train.run(RECIPE, TRAIN, TEST, out, Train.Keep.EVERY_EPOCH, Device.CPU, Progress.SILENT);
    for (int epoch = 0; epoch <= RECIPE.epochs(); epoch++) {
      Path file =
          out.resolve(String.format(Locale.ROOT, "%s/small-%03d.onnx", Train.EPOCHS, epoch));
      var then =
          new GraphClassifier(kept.card(), Labels.named("digits"), OnnxImporter.read(file).graph());
      if (epoch > 0) {
        assertThat(Accuracy.of(then, TEST, 7))
            .isEqualTo(kept.curve().points().get(epoch - 1).testAccuracy());
      }
    }
    assertThat(out.resolve("epochs/small-008.onnx")).hasSameBinaryContentAs(kept.file());
  }

  @Test
  void aCheckpointOfAnotherRecipeIsRefused() {
    train("first", Progress.SILENT);
    String other = RECIPE.toJson().replace("\"seed\":3", "\"seed\":4");
    assertThatThrownBy(
            () ->
                Train.run(
                    Recipe.parse(other, "other"),
                    TRAIN,
                    TEST,
                    folder.resolve("first"),
                    Device.CPU,
                    Progress.SILENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("belongs to another recipe");
  }

  @Test
  void aLossThatIsNoNumberStopsTheTraining() {
    String wild = RECIPE.toJson().replace("\"peak\":0.3", "\"peak\":1e30");
    assertThatThrownBy(
            () ->
                Train.run(
                    Recipe.parse(wild, "wild"),
                    TRAIN,
                    TEST,
                    folder.resolve("wild"),
                    Device.CPU,
                    Progress.SILENT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("use a smaller learning rate");
  }
}
