package io.adversight.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.home.DataHome;
import io.adversight.home.SharedData;
import io.adversight.model.GraphClassifier;
import io.adversight.report.ResultFolder;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import io.adversight.training.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
  private static final Recipe RECIPE =
      Recipe.named("digits-softmax").on("mnist:0-299").withEpochs(2);

  @TempDir Path folder;

  private Bench bench(String name, Run run) {
    Path mirror = SharedData.path("datasets/mnist").resolve("../..").normalize();
    return new Bench(
        Experiments.plan("lecture-evolution"),
        RunOptions.FULL,
        new DataHome(folder.resolve("home"), List.of(mirror)),
        ResultFolder.open(folder.resolve(name), Json.MAPPER.createObjectNode(), "experiment.json"),
        run);
  }

  private static float[] logits(GraphClassifier network) {
    try (Scope scope = Scope.open()) {
      return network.logits(Tensor.full(0.5, 1, 1, 28, 28)).toFloats();
    }
  }

  @Test
  void trainsANetworkOnceAndGoesOnAfterAStop() throws IOException {
    Run stopped = Run.of(1);
    Bench stopping = bench("a", stopped.with((done, total, what) -> stopped.cancel()));
    assertThatThrownBy(() -> stopping.trained("softmax", RECIPE))
        .isInstanceOf(CancellationException.class);
    float[] resumed = logits(bench("a", Run.of(1)).trained("softmax", RECIPE));
    FileTime written =
        Files.getLastModifiedTime(folder.resolve("a/networks/softmax/digits-softmax.onnx"));
    assertThat(logits(bench("a", Run.of(1)).trained("softmax", RECIPE))).isEqualTo(resumed);
    assertThat(Files.getLastModifiedTime(folder.resolve("a/networks/softmax/digits-softmax.onnx")))
        .isEqualTo(written);
    List<GraphClassifier> epochs = bench("b", Run.of(1)).trainedByEpoch("softmax", RECIPE);
    assertThat(epochs).hasSize(3);
    assertThat(logits(epochs.get(2))).isEqualTo(resumed);
    assertThat(logits(epochs.get(0))).isNotEqualTo(resumed);
  }
}
