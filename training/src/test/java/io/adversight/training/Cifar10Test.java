package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.home.Sha256;
import io.adversight.home.SharedData;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.tensor.Device;
import io.adversight.training.data.Accuracy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network of CIFAR-10 that comes with the library. */
class Cifar10Test {
  @TempDir Path home;

  private ModelFile file() {
    return new Models(new DataHome(home, List.of())).locate("cifar10", ByteProgress.NONE);
  }

  @Test
  void isTheFileOfItsCardWithTheCurveOfItsRecipe() throws IOException {
    ModelFile file = file();
    Path copy = Files.write(home.resolve("copy.onnx"), file.bytes());
    assertThat(Sha256.of(copy)).isEqualTo(file.card().sha256());
    assertThat(Files.size(copy)).isEqualTo(file.card().bytes());
    assertThat(file.card().source()).isEqualTo("training/recipes/cifar10.json");
    TrainingCurve curve =
        TrainingCurve.parse(Files.readString(Path.of("recipes", "cifar10.curve.csv")));
    assertThat(curve.points()).hasSize(Recipe.named("cifar10").epochs());
  }

  @Test
  void isAsGoodOnTheFirstImagesAsItsCardSays() {
    Path mirror = SharedData.path("datasets/cifar10").resolve("../..").normalize();
    DataSet test = DataSets.find("cifar10", new DataHome(home, List.of(mirror)));
    GraphClassifier network = ModelReader.open(file(), Device.CPU);
    double claimed = network.card().measured().getOrDefault("cifar10 test top-1", 0.0);
    double spread = Math.sqrt(claimed * (1 - claimed) / 500);
    assertThat(Accuracy.of(network, test.take(500), 100)).isCloseTo(claimed, within(3 * spread));
  }
}
