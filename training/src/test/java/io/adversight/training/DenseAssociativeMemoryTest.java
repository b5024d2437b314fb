package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.data.DrawnDigitSet;
import io.adversight.graph.Graph;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.run.Progress;
import io.adversight.tensor.Device;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.DenseAssociativeMemory;
import io.adversight.training.data.Accuracy;
import io.adversight.training.loss.PowerLoss;
import io.adversight.training.loss.TrainingPass;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Equation 9 of Krotov and Hopfield 2016, term by term in doubles, and a small training. */
class DenseAssociativeMemoryTest {
  private static final int SIDE = 4;
  private static final int PIXELS = SIDE * SIDE;
  private static final int CLASSES = 3;
  private static final int MEMORIES = 7;

  @TempDir Path folder;

  /** F_n, equation 3. */
  private static double polynomial(double x, int n) {
    return x > 0 ? Math.pow(x, n) : 0;
  }

  /** The argument of tanh in equation 9, with all other label units at -1. */
  private static double update(double[] image, double[][] xi, int label, int n, double beta) {
    double sum = 0;
    for (double[] memory : xi) {
      double on = memory[PIXELS + label];
      double off = -memory[PIXELS + label];
      for (int other = 0; other < CLASSES; other++) {
        if (other != label) {
          on += memory[PIXELS + other] * -1;
          off += memory[PIXELS + other] * -1;
        }
      }
      for (int i = 0; i < PIXELS; i++) {
        on += memory[i] * image[i];
        off += memory[i] * image[i];
      }
      sum += polynomial(on, n) - polynomial(off, n);
    }
    return beta * sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 20, 30})
  void logitsAreTheArgumentOfTheUpdateOfTheLabelUnits(int power) {
    try (Scope scope = Scope.open()) {
      double temperature = 5;
      DenseAssociativeMemory architecture =
          new DenseAssociativeMemory(MEMORIES, power, temperature, -0.1, 0.5);
      Graph graph = architecture.graph(new Input(1, SIDE, SIDE), CLASSES, new Rng(4));
      Tensor xi =
          Tensor.of(
                  new Rng(5).uniform(MEMORIES * (PIXELS + CLASSES), -1, 1),
                  MEMORIES,
                  PIXELS + CLASSES)
              .asDouble();
      Tensor images = Tensor.of(new Rng(6).uniform(2 * PIXELS, -1, 1), 2, 1, SIDE, SIDE).asDouble();
      Tensor logits =
          graph.withConstants(Map.of(DenseAssociativeMemory.MEMORIES, xi)).forward(images);
      double[][] memories = rows(xi, MEMORIES);
      double[][] pixels = rows(images.reshape(2, PIXELS), 2);
      double beta = Math.pow(temperature, -power);
      for (int image = 0; image < 2; image++) {
        for (int label = 0; label < CLASSES; label++) {
          double expected = update(pixels[image], memories, label, power, beta);
          assertThat(logits.toDoubles()[image * CLASSES + label])
              .isCloseTo(expected, within(1e-12 + 1e-9 * Math.abs(expected)));
        }
      }
    }
  }

  private static double[][] rows(Tensor matrix, int count) {
    double[] all = matrix.toDoubles();
    int width = all.length / count;
    double[][] rows = new double[count][width];
    for (int i = 0; i < all.length; i++) {
      rows[i / width][i % width] = all[i];
    }
    return rows;
  }

  @Test
  void theLossIsThePowerOfTheErrorOfEveryLabelUnit() {
    try (Scope scope = Scope.open()) {
      double[] logits = {0.3, -1.2, 0.1, 2.0, 0.4, -0.5};
      int[] labels = {1, 0};
      double expected = 0;
      for (int i = 0; i < 6; i++) {
        double target = labels[i / 3] == i % 3 ? 1 : -1;
        expected += Math.pow(Math.abs(Math.tanh(logits[i]) - target), 6) / 2;
      }
      TrainingPass pass =
          new TrainingPass(Map.of("logits", Tensor.of(logits, 2, 3)), Map.of(), "logits");
      Tensor classes = Tensor.of(new long[] {1, 0}, 2, 1);
      assertThat(new PowerLoss(3).of(pass, classes).item()).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void learnsDrawnDigitsAndComesBackFromItsFile() {
    Recipe recipe =
        Recipe.parse(
            """
            {"name": "memories", "title": "A small memory", "dataSet": "drawn",
             "preprocessing":
               {"channels": "GRAY", "range": 1, "mean": [0.5], "std": [0.5], "layout": "NCHW"},
             "architecture":
               {"type": "dense-associative-memory", "memories": 30, "power": 3,
                "temperature": 20, "mean": 0, "deviation": 0.1},
             "startFrom": "",
             "augmentation":
               {"shift": 0, "rotation": 0, "scale": 0, "shear": 0, "flip": false},
             "batch": 20,
             "phases": [
               {"name": "all", "epochs": 10, "trained": [],
                "loss": {"type": "power-loss", "m": 2},
                "optimizer": {"type": "largest-step", "momentum": 0.6, "limit": 1},
                "schedule": {"type": "exponential", "peak": 0.02, "last": 0.1},
                "project": false}
             ],
             "weights": "FLOAT32", "seed": 3, "note": ""}
            """,
            "test");
    DrawnDigitSet train = new DrawnDigitSet(0, 40, 14);
    DrawnDigitSet test = new DrawnDigitSet(1000, 10, 14);
    Train.Result result = Train.run(recipe, train, test, folder, Device.CPU, Progress.SILENT);
    List<TrainingCurve.Point> points = result.curve().points();
    double accuracy = points.get(points.size() - 1).testAccuracy();
    assertThat(accuracy).isGreaterThan(0.8);
    GraphClassifier read =
        new GraphClassifier(
            result.card(),
            result.card().labels().load(folder, 10),
            OnnxImporter.read(result.file()).graph());
    assertThat(Accuracy.of(read, test, 7)).isEqualTo(accuracy);
  }
}
