package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.data.DrawnDigitSet;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.home.Sha256;
import io.adversight.home.SharedData;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelFile;
import io.adversight.model.Models;
import io.adversight.training.data.Accuracy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network of handwritten digits that comes with the library. */
class DigitsTest {
  @TempDir Path home;
  private ModelFile file;
  private GraphClassifier digits;

  @BeforeEach
  void load() {
    file = new Models(new DataHome(home, List.of())).locate("digits", ByteProgress.NONE);
    digits =
        new GraphClassifier(
            file.card(), file.labels(), OnnxImporter.read(file.bytes(), "digits").graph());
  }

  @Test
  void isTheFileOfItsCardAndSmall() throws IOException {
    ModelCard card = file.card();
    Path copy = Files.write(home.resolve("digits.onnx"), file.bytes());
    assertThat(Sha256.of(copy)).isEqualTo(card.sha256());
    assertThat(Files.size(copy)).isEqualTo(card.bytes()).isLessThan(1_000_000);
    assertThat(card.source()).isEqualTo("training/recipes/digits.json");
    assertThat(card.licence()).isEqualTo("Apache-2.0");
  }

  @Test
  void hasTheLayersOfItsRecipe() {
    assertThat(digits.defaultLayer()).contains("relu3_2");
    assertThat(digits.layer("relu3_2").shape().toArray()).containsExactly(1, 64, 7, 7);
  }

  @Test
  void recognisesTheDrawnDigits() {
    assertThat(Accuracy.of(digits, new DrawnDigitSet(0, 20, 28), 100)).isEqualTo(1);
  }

  @Test
  void hasTheAccuracyThatItsCardStates() {
    Path mirror = SharedData.path("datasets/mnist").resolve("../..").normalize();
    DataHome mirrored = new DataHome(home, List.of(mirror));
    DataSet test = DataSets.find("mnist", mirrored);
    double accuracy = Accuracy.of(digits, test, 500);
    assertThat(accuracy).isGreaterThanOrEqualTo(0.993);
    assertThat(file.card().measured()).containsEntry("mnist test top-1", accuracy);
  }
}
