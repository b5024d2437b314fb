package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attacks;
import io.adversight.attack.learned.AdversarialTransformation;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DrawnDigitSet;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.run.Progress;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.TransformationNetwork;
import io.adversight.training.data.Batch;
import io.adversight.training.loss.TrainingPass;
import io.adversight.training.loss.TransformationLoss;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generator trained in seconds against a network trained in seconds. */
class TransformationNetworkTest {
  private static final DrawnDigitSet TRAIN = new DrawnDigitSet(0, 40, 16);
  private static final DrawnDigitSet TEST = new DrawnDigitSet(1000, 10, 16);
  private static final String RECIPE =
      """
      {"name": "%s", "title": "", "dataSet": "drawn",
       "preprocessing":
         {"channels": "GRAY", "range": 1, "mean": [%s], "std": [%s], "layout": "NCHW"},
       "architecture": %s,
       "startFrom": "",
       "augmentation": {"shift": 0, "rotation": 0, "scale": 0, "shear": 0, "flip": false},
       "batch": 40,
       "phases": [
         {"name": "all", "epochs": %s, "trained": [%s], "loss": %s,
          "optimizer":
            {"type": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0},
          "schedule": {"type": "cosine", "peak": 0.01}, "project": false}
       ],
       "weights": "FLOAT32", "seed": 3, "note": ""}
      """;

  @TempDir Path folder;

  private Train.Result train(String json) {
    Recipe recipe = Recipe.parse(json, "test");
    return Train.run(
        recipe, TRAIN, TEST, folder.resolve(recipe.name()), Device.CPU, Progress.SILENT);
  }

  private Train.Result attacked() {
    return train(
        RECIPE.formatted(
            "attacked",
            "0.1",
            "0.3",
            "{\"type\": \"fully-connected\", \"hidden\": [30], \"activation\": \"RELU\"}",
            4,
            "",
            "{\"type\": \"cross-entropy\", \"smoothing\": 0}"));
  }

  private static double success(
      GraphClassifier network, AdversarialTransformation attack, Goal goal) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batch.pixels(TEST, 0, TEST.size());
      List<Integer> labels = IntStream.range(0, TEST.size()).mapToObj(TEST::label).toList();
      Problem problem = Problem.of(network, pixels, labels).with(goal);
      List<Adversarial> results =
          Attacks.run(
              attack,
              problem,
              Norm.LINF,
              List.of(0.3),
              Attacks.Rounding.SKIP,
              Run.of(new Rng(1), 0, TEST.size()));
      return results.stream().filter(Adversarial::success).count() / (double) TEST.size();
    }
  }

  @Test
  void aTrainedGeneratorFoolsTheNetworkWithAndWithoutTarget() {
    Train.Result attacked = attacked();
    assertThat(accuracy(attacked)).isGreaterThan(0.9);
    Train.Result generator =
        train(
            RECIPE.formatted(
                "generator",
                "0",
                "1",
                "{\"type\": \"transformation-network\", \"attacked\": \"%s\", \"epsilon\": 0.3, \"width\": 8}"
                    .formatted(attacked.file()),
                15,
                "\"generator\"",
                "{\"type\": \"transformation-loss\", \"confidence\": 2}"));
    GraphClassifier network =
        ModelReader.open(ModelFile.of(attacked.file(), attacked.card()), Device.CPU);
    AdversarialTransformation attack = new AdversarialTransformation(generator.file().toString());
    double untargeted = success(network, attack, new Goal.Misclassify());
    assertThat(untargeted).isGreaterThan(0.8);
    // What is left of the accuracy of the whole is what the attack leaves of the network's.
    assertThat(accuracy(generator)).isCloseTo(1 - untargeted, within(0.011));
    List<Integer> next =
        IntStream.range(0, TEST.size()).mapToObj(i -> (TEST.label(i) + 1) % 10).toList();
    // Wrong answers that have nothing to do with the target would hit it one time in nine.
    assertThat(success(network, attack, new Goal.MisclassifyAs(next))).isGreaterThan(2.0 / 9);
  }

  private static double accuracy(Train.Result result) {
    List<TrainingCurve.Point> points = result.curve().points();
    return points.get(points.size() - 1).testAccuracy();
  }

  @Test
  void theLossIsTheMarginThatIsMissing() {
    double[][] z = {{1, 4, 2}, {0, 1, 5}, {3, 2, 2.5}};
    double[][] drawn = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 0, 1}};
    int[] labels = {1, 2, 0};
    double confidence = 0.2;
    double first = Math.max(4 - 2, -confidence); // the label 1 should fall below the others
    double second = Math.max(5 - 0, -confidence); // class 0 is the target
    double third = Math.max(3 - 2.5, -confidence); // class 2 is
    try (Scope scope = Scope.open()) {
      Map<String, Tensor> values =
          Map.of("logits", matrix(z), TransformationNetwork.SELECTION, matrix(drawn));
      Tensor classes = Tensor.of(new long[] {labels[0], labels[1], labels[2]}, 3, 1);
      Tensor loss =
          new TransformationLoss(confidence)
              .of(new TrainingPass(values, Map.of(), "logits"), classes);
      assertThat(loss.item()).isCloseTo((first + second + third) / 3, within(1e-9));
    }
  }

  private static Tensor matrix(double[]... rows) {
    double[] all = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return Tensor.of(all, rows.length, rows[0].length);
  }

  @Test
  void imagesOfAnotherSizeAreAnError() {
    String attacked = attacked().file().toString();
    String json =
        RECIPE.formatted(
            "other",
            "0",
            "1",
            "{\"type\": \"transformation-network\", \"attacked\": \"%s\", \"epsilon\": 0.3, \"width\": 8}"
                .formatted(attacked),
            1,
            "\"generator\"",
            "{\"type\": \"transformation-loss\", \"confidence\": 2}");
    DrawnDigitSet larger = new DrawnDigitSet(0, 10, 20);
    assertThatThrownBy(
            () ->
                Train.run(
                    Recipe.parse(json, "test"),
                    larger,
                    larger,
                    folder.resolve("other"),
                    Device.CPU,
                    Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("takes images of");
  }
}
