package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.attack.Attacks;
import io.adversight.attack.RobustAccuracy;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.data.DrawnDigitSet;
import io.adversight.data.Labels;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.model.GraphClassifier;
import io.adversight.run.Progress;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.training.data.Batch;
import io.adversight.training.loss.AdversarialObjective;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small adversarial trainings on drawn digits of 14 x 14 pixels. */
class AdversarialTrainingTest {
  private static final double EPSILON = 0.05;
  private static final DataSet TRAIN = new DrawnDigitSet(0, 40, 14);
  private static final DataSet TEST = new DrawnDigitSet(1000, 10, 14);

  @TempDir Path folder;
  private final int threads = Engine.threads();

  @BeforeEach
  void useOneThread() {
    Engine.setThreads(1);
  }

  @AfterEach
  void useAllThreads() {
    Engine.setThreads(threads);
  }

  /** A recipe of some epochs for a network with batch normalisation. */
  private static Recipe recipe(int epochs) {
    return Recipe.parse(
        """
        {"name": "small", "title": "A small network", "dataSet": "drawn",
         "preprocessing":
           {"channels": "GRAY", "range": 1, "mean": [0.1], "std": [0.3], "layout": "NCHW"},
         "architecture": {"type": "gap-net", "stages": [[8], [16]]},
         "startFrom": "",
         "augmentation": {"shift": 1, "rotation": 0, "scale": 0, "shear": 0, "flip": false},
         "batch": 20,
         "phases": [
           {"name": "all", "epochs": %s, "trained": [],
            "loss": {"type": "cross-entropy", "smoothing": 0},
            "optimizer":
              {"type": "sgd", "momentum": 0.9, "weightDecay": 0.0005, "nesterov": true},
            "schedule": {"type": "one-cycle", "peak": 0.2, "warmUp": 0.25},
            "project": false}
         ],
         "weights": "FLOAT32", "seed": 3, "note": ""}
        """
            .formatted(epochs),
        "test");
  }

  private static Recipe adversarial(AdversarialObjective objective, int epochs) {
    return recipe(epochs).adversarial(objective, Norm.LINF, EPSILON, OptionalInt.empty());
  }

  private Train.Result train(Recipe recipe, String name, Progress progress) {
    return Train.run(recipe, TRAIN, TEST, folder.resolve(name), Device.CPU, progress);
  }

  private static double underPgd(Train.Result trained) {
    var network =
        new GraphClassifier(
            trained.card(), Labels.named("digits"), OnnxImporter.read(trained.file()).graph());
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batch.pixels(TEST, 0, TEST.size());
      List<Integer> labels = IntStream.range(0, TEST.size()).map(TEST::label).boxed().toList();
      Problem problem = Problem.of(network, pixels, labels);
      return RobustAccuracy.of(
              Attacks.run(
                  new Pgd(10, 0.25, true),
                  problem,
                  Norm.LINF,
                  List.of(EPSILON),
                  Attacks.Rounding.SKIP,
                  Run.of(new Rng(1), pixels)))
          .ofAll()
          .value();
    }
  }

  @Test
  void isFarMoreRobustThanTheStandardTwin() {
    double standard = underPgd(train(recipe(8), "standard", Progress.SILENT));
    double robust =
        underPgd(train(adversarial(AdversarialObjective.PGD, 8), "pgd", Progress.SILENT));
    assertThat(robust).isGreaterThan(0.6);
    assertThat(standard).isLessThan(robust - 0.3);
  }

  @Test
  void resumesToTheSameWeights() {
    Recipe recipe = adversarial(AdversarialObjective.FAST, 2);
    Train.Result once = train(recipe, "once", Progress.SILENT);
    assertThatThrownBy(
            () ->
                train(
                    recipe,
                    "killed",
                    (done, total, what) -> {
                      if (done == 30 && what.equals("steps")) {
                        throw new IllegalStateException("killed");
                      }
                    }))
        .hasMessage("killed");
    Train.Result resumed = train(recipe, "killed", Progress.SILENT);
    assertThat(resumed.curve()).isEqualTo(once.curve());
    assertThat(resumed.file()).hasSameBinaryContentAs(once.file());
  }

  @Test
  void theRecipeOfATrainingStatesItsAttack() {
    Recipe robust = adversarial(AdversarialObjective.TRADES, 2);
    assertThat(robust.name()).isEqualTo("small-robust");
    assertThat(robust.toJson())
        .contains("\"type\":\"trades\"", "\"beta\":6", "\"epsilon\":0.05", "\"norm\":\"LINF\"");
    assertThat(Recipe.parse(robust.toJson(), "test")).isEqualTo(robust);
    String wrong = robust.toJson().replace("\"epsilon\":0.05", "\"epsilon\":8");
    assertThatThrownBy(() -> Recipe.parse(wrong, "my.json"))
        .hasMessageContaining("epsilon must be between 0 and 1, but was 8");
  }
}
