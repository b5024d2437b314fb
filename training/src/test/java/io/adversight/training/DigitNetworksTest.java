package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.home.Sha256;
import io.adversight.home.SharedData;
import io.adversight.model.LatentModel;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.tensor.Device;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.training.data.Accuracy;
import io.adversight.training.data.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The auto-encoder of digits and the three oracles that come with the library. */
class DigitNetworksTest {
  @TempDir Path home;

  private ModelFile file(String name) {
    return new Models(new DataHome(home, List.of())).locate(name, ByteProgress.NONE);
  }

  private DataSet mnist() {
    Path mirror = SharedData.path("datasets/mnist").resolve("../..").normalize();
    return DataSets.find("mnist", new DataHome(home, List.of(mirror)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits-svae", "digits-lenet", "digits-vgg", "digits-resnet"})
  void isTheFileOfItsCardAndAsGoodAsItSays(String name) throws IOException {
    ModelFile file = file(name);
    assertThat(Sha256.of(file.bytes())).isEqualTo(file.card().sha256());
    assertThat((long) file.bytes().length).isEqualTo(file.card().bytes()).isLessThan(2_500_000);
    assertThat(file.card().source()).isEqualTo("training/recipes/" + name + ".json");
    String curve = Files.readString(Path.of("recipes", name + ".curve.csv"));
    assertThat(TrainingCurve.parse(curve).points()).hasSize(Recipe.named(name).epochs());
    double accuracy = Accuracy.of(ModelReader.open(file, Device.CPU), mnist(), 500);
    assertThat(file.card().measured()).containsEntry("mnist test top-1", accuracy);
    assertThat(accuracy).isGreaterThan(name.equals("digits-svae") ? 0.975 : 0.992);
  }

  @Test
  void theAutoEncoderReconstructsDigits() {
    LatentModel model = LatentModel.open(file("digits-svae"), Device.CPU);
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Tensor pixels = Batch.pixels(mnist(), 0, 200);
      Tensor images = model.decode(model.encode(pixels));
      double error = images.sub(pixels).square().mean().item();
      double spread = pixels.sub(pixels.mean(0)).square().mean().item();
      assertThat(error).isLessThan(spread / 4);
    }
  }
}
