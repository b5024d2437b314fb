package io.adversight.training;

import io.adversight.data.DataSet;
import io.adversight.data.DrawnDigitSet;
import io.adversight.run.Progress;
import io.adversight.tensor.Device;
import java.nio.file.Path;

/** A supervised auto-encoder of drawn digits of 14 x 14 pixels, trained in about two seconds. */
final class TinyAutoEncoder {
  static final DataSet TRAIN = new DrawnDigitSet(0, 60, 14).inMemory();
  static final DataSet TEST = new DrawnDigitSet(1000, 10, 14).inMemory();
  static final Recipe RECIPE =
      Recipe.parse(
          """
          {"name": "tiny-svae", "title": "A tiny auto-encoder", "dataSet": "drawn",
           "preprocessing":
             {"channels": "GRAY", "range": 1, "mean": [0], "std": [1], "layout": "NCHW"},
           "architecture":
             {"type": "supervised-auto-encoder", "latent": 6, "convolutions": [], "dense": [96],
              "head": 32, "stray": 0.7},
           "startFrom": "",
           "augmentation": {"shift": 1, "rotation": 5, "scale": 0, "shear": 0, "flip": false},
           "batch": 30,
           "phases": [
             {"name": "auto-encoder", "epochs": 40, "trained": [],
              "loss": {"type": "variational", "kl": 1, "classification": 10},
              "optimizer":
                {"type": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0},
              "schedule": {"type": "one-cycle", "peak": 0.005, "warmUp": 0.2},
              "project": false},
             {"name": "heads", "epochs": 6, "trained": ["classifier", "logits", "discriminator"],
              "loss": {"type": "latent-heads", "classification": 1},
              "optimizer":
                {"type": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0},
              "schedule": {"type": "constant", "peak": 0.002},
              "project": false}
           ],
           "weights": "FLOAT32", "seed": 1, "note": ""}
          """,
          "test");

  private TinyAutoEncoder() {}

  static Train.Result train(Path folder, Progress progress) {
    return Train.run(RECIPE, TRAIN, TEST, folder, Device.CPU, progress);
  }
}
