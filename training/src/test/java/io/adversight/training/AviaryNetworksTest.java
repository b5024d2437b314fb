package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.data.AviarySet;
import io.adversight.data.DataSet;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.home.Sha256;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.tensor.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The networks of drawn birds that come with the library. */
class AviaryNetworksTest {
  private static final DataSet FIRST = AviarySet.test().take(240).inMemory();

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"aviary", "aviary-attention"})
  void isTheFileOfItsCardAndAsGoodAsItSays(String name) throws IOException {
    ModelFile file = new Models(new DataHome(home, List.of())).locate(name, ByteProgress.NONE);
    Path copy = Files.write(home.resolve("copy.onnx"), file.bytes());
    assertThat(Sha256.of(copy)).isEqualTo(file.card().sha256());
    assertThat(Files.size(copy)).isEqualTo(file.card().bytes());
    assertThat(file.card().source()).isEqualTo("training/recipes/" + name + ".json");
    Recipe recipe = Recipe.named(name);
    GraphClassifier network = ModelReader.open(file, Device.CPU);
    double claimed = file.card().measured().getOrDefault("aviary test top-1", 0.0);
    double spread = Math.sqrt(claimed * (1 - claimed) / FIRST.size());
    assertThat(Accuracy.of(network, FIRST, 60)).isCloseTo(claimed, within(3 * spread));
    Curve curve = Curve.parse(Files.readString(Path.of("recipes", name + ".curve.csv")));
    assertThat(curve.points()).hasSize(recipe.epochs());
  }
}
