package io.adversight.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.graph.onnx.ImportOptions;
import io.adversight.graph.onnx.ImportedModel;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.home.SharedData;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks of the shared data; inputs are seeded noise. */
class RealNetworksTest {
  private static Tensor noise(int batch, int channels, int size) {
    return Tensor.of(
        new Rng(7).uniform(batch * channels * size * size, -1, 1), batch, channels, size, size);
  }

  @ParameterizedTest
  @CsvSource({
    "googlenet, 3, 224, 1000",
    "mnist_cnn, 1, 28, 10",
    "mobilenet_v1, 3, 224, 1000",
    "mobilenet_v2, 3, 224, 1000",
    "mobilenet_v2_inat_bird, 3, 224, 965",
    "resnet20_cifar10, 3, 32, 10",
    "squeezenet1_1, 3, 227, 1000"
  })
  void loadsAndTreatsEachImageOfABatchAsIfItWereAlone(
      String name, int channels, int size, int classes) {
    try (Scope scope = Scope.open()) {
      ImportedModel model = OnnxImporter.read(SharedData.path("models/" + name + ".onnx"));
      assertThat(model.inputShape())
          .containsExactly(-1L, (long) channels, (long) size, (long) size);
      assertThat(model.opset()).isEqualTo(13);
      assertThat(model.endsInSoftmax()).isFalse();
      Tensor batch = noise(3, channels, size);
      Tensor together = model.graph().forward(batch);
      assertThat(together.shape().toArray()).containsExactly(3, classes);
      assertThat(together.abs().max(0, 1).item()).isFinite().isPositive();
      for (int i = 0; i < 3; i++) {
        Tensor alone = model.graph().forward(batch.narrow(0, i, 1));
        Tensor row = together.narrow(0, i, 1);
        assertThat(alone.sub(row).linfPerImage().item()).isLessThan(1e-4);
      }
    }
  }

  @Test
  void foldingBatchNormalizationLeavesTheLogitsOfResnet20() {
    try (Scope scope = Scope.open()) {
      var path = SharedData.path("models/resnet20_cifar10.onnx");
      Graph folded = OnnxImporter.read(path).graph();
      Graph plain = OnnxImporter.read(path, new ImportOptions().folding(false)).graph();
      assertThat(plain.nodes()).hasSize(71);
      assertThat(folded.nodes()).hasSize(52);
      assertThat(folded.nodes().stream().map(Node::name)).contains("bn1").doesNotContain("conv1");
      Tensor x = noise(2, 3, 32);
      double difference = folded.forward(x).sub(plain.forward(x)).abs().max(0, 1).item();
      assertThat(difference).isCloseTo(0, within(1e-4));
    }
  }
}
