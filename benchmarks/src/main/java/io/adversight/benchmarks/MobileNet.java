package io.adversight.benchmarks;

import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.tensor.Device;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Tensor;

/** The network that benchmarks run on: MobileNetV1 at 224, two threads. */
final class MobileNet {
  private static final int SIDE = 224;

  private MobileNet() {}

  static GraphClassifier open() {
    Engine.setThreads(2);
    Models models = new Models(DataHome.of(System.getenv()));
    return ModelReader.open(models.locate("mobilenet-v1-tf", (done, total) -> {}), Device.CPU);
  }

  static Tensor pixels(int batch) {
    return pixels(batch, 1);
  }

  static Tensor pixels(int batch, long seed) {
    return Tensor.of(new Rng(seed).uniform(batch * 3 * SIDE * SIDE, 0, 1), batch, 3, SIDE, SIDE);
  }
}
