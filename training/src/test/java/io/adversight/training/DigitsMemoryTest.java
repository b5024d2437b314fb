package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.home.Sha256;
import io.adversight.home.SharedData;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.tensor.Device;
import io.adversight.training.architecture.DenseAssociativeMemory;
import io.adversight.training.data.Accuracy;
import io.adversight.visualization.layer.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dense associative memories and the maxout network that come with the library. */
class DigitsMemoryTest {
  private static final String MEMORY = "digits-memory-n3";

  @TempDir Path home;

  private ModelFile file(String name) {
    return new Models(new DataHome(home, List.of())).locate(name, ByteProgress.NONE);
  }

  @ParameterizedTest
  @CsvSource({"digits-memory-n3, 400000", "digits-memory-n30, 900000", "digits-maxout, 2500000"})
  void isTheFileOfItsCardWithTheCurveOfItsRecipe(String name, long limit) throws IOException {
    ModelFile file = file(name);
    Path copy = Files.write(home.resolve("copy.onnx"), file.bytes());
    assertThat(Sha256.of(copy)).isEqualTo(file.card().sha256());
    assertThat(Files.size(copy)).isEqualTo(file.card().bytes()).isLessThan(limit);
    String curve = Files.readString(Path.of("recipes", name + ".curve.csv"));
    assertThat(TrainingCurve.parse(curve).points()).hasSize(Recipe.named(name).epochs());
  }

  @Test
  void showsEveryMemoryAsAPicture() {
    GraphClassifier network = ModelReader.open(file(MEMORY), Device.CPU);
    List<Raster> memories = Weights.filters(network, "");
    var recipe = (DenseAssociativeMemory) Recipe.named(MEMORY).architecture();
    assertThat(memories).hasSize(recipe.memories());
    assertThat(memories)
        .allMatch(memory -> memory.channels() == 1 && memory.height() == 28 && memory.width() == 28)
        .allMatch(memory -> memory.max() <= 1 && memory.min() >= -1);
  }

  @ParameterizedTest
  @ValueSource(strings = {MEMORY, "digits-memory-n30", "digits-maxout"})
  void hasTheAccuracyThatItsCardStates(String name) {
    Path mirror = SharedData.path("datasets/mnist").resolve("../..").normalize();
    DataSet test = DataSets.find("mnist", new DataHome(home, List.of(mirror)));
    double accuracy = Accuracy.of(ModelReader.open(file(name), Device.CPU), test, 500);
    assertThat(file(name).card().measured()).containsEntry("mnist test top-1", accuracy);
  }
}
