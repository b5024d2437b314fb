package io.adversight.visualization;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.home.SharedData;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.visualization.objective.Evidence;
import io.adversight.visualization.parameterization.ImageBatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Class visualisations of the shared networks. */
class RealNetworkVisualizationTest {
  @ParameterizedTest
  @CsvSource({"mobilenet_v1, 980, 24", "googlenet, 1, 48"})
  void aClassVisualisationIsTakenForTheClassUnderTransformations(
      String name, int index, int steps) {
    ModelCard card = ModelCard.read(SharedData.path("models/" + name + ".card.json"));
    GraphClassifier network =
        ModelReader.open(
            ModelFile.of(SharedData.path("models/" + name + ".onnx"), card), Device.CPU);
    ImageBatch batch = ImageBatch.of(network, 1);
    Evidence shown = Evidence.of(index);
    Visualization made = FeatureVisualization.ofSteps(steps).of(shown, batch, Run.of(1)).get(0);
    assertThat(made.after()).isGreaterThan(made.before());
    Recognition seen = Recognition.of(shown, batch, made.image()).orElseThrow();
    assertThat(seen.transformed()).isGreaterThanOrEqualTo(0.9);
    assertThat(seen.plain()).isGreaterThanOrEqualTo(0.9);
  }
}
