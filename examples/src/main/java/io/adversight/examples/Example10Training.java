package io.adversight.examples;

import io.adversight.Adversight;
import io.adversight.Model;
import io.adversight.attack.RobustAccuracy;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.data.DataSet;
import io.adversight.data.DrawnDigitSet;
import io.adversight.run.Progress;
import io.adversight.tensor.Device;
import io.adversight.training.Recipe;
import io.adversight.training.Train;
import java.io.IOException;

/**
 * Trains a small network on drawn digits and measures its robust accuracy.
 *
 * <p>You will see that the network is right most of the time after a few seconds of training, and
 * how much of that an attack leaves.
 *
 * <pre>{@code
 * accuracy 98 %
 * robust accuracy (PGD, 8/255) 50 %
 * }</pre>
 */
public final class Example10Training {
  private static final String RECIPE =
      """
      {"name": "small-digits", "title": "Small digits", "dataSet": "drawn-digits",
       "preprocessing":
         {"channels": "GRAY", "range": 1, "mean": [0.1], "std": [0.3], "layout": "NCHW"},
       "architecture": {"type": "gap-net", "stages": [[8], [16]]},
       "startFrom": "",
       "augmentation": {"shift": 1, "rotation": 5, "scale": 0.05, "shear": 0, "flip": false},
       "batch": 20,
       "phases": [
         {"name": "all", "epochs": 6, "trained": [],
          "loss": {"type": "cross-entropy", "smoothing": 0.1},
          "optimizer": {"type": "sgd", "momentum": 0.9, "weightDecay": 0.0005, "nesterov": true},
          "schedule": {"type": "one-cycle", "peak": 0.3, "warmUp": 0.25},
          "project": false}
       ],
       "weights": "FLOAT32", "seed": 3, "note": ""}
      """;

  private Example10Training() {}

  /** Runs the example. */
  public static void main(String... arguments) throws IOException {
    DataSet train = new DrawnDigitSet(0, 40, 14); // 40 hands, 14 x 14 pixels
    DataSet test = new DrawnDigitSet(1000, 5, 14);
    Train.Result result =
        Train.run(
            Recipe.parse(RECIPE, "the recipe of this example"),
            train,
            test,
            OutputFolder.of(arguments),
            Device.CPU,
            Progress.SILENT);

    try (Model model = Adversight.open(result.file())) {
      RobustAccuracy robust =
          model.robustAccuracy(new Pgd(10, 0, true), test, new Ball(Norm.LINF, 8 / 255.0));
      System.out.printf("accuracy %.0f %%%n", 100 * robust.clean().value());
      System.out.printf("robust accuracy (PGD, 8/255) %.0f %%%n", 100 * robust.ofAll().value());
    }
  }
}
