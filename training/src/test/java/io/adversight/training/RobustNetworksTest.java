package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attack.Attacks;
import io.adversight.attack.RobustAccuracy;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.AviarySet;
import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.home.Sha256;
import io.adversight.home.SharedData;
import io.adversight.model.Classifier;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.training.data.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The adversarially trained networks that come with the library, beside their standard twins. */
class RobustNetworksTest {
  @TempDir Path home;

  private ModelFile file(String name) {
    return new Models(new DataHome(home, List.of())).locate(name, ByteProgress.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits-standard", "digits-robust", "aviary-robust", "cifar10-robust"})
  void isTheFileOfItsCard(String name) throws IOException {
    ModelFile file = file(name);
    Path copy = Files.write(home.resolve("copy.onnx"), file.bytes());
    assertThat(Sha256.of(copy)).isEqualTo(file.card().sha256());
    assertThat(Files.size(copy)).isEqualTo(file.card().bytes()).isLessThan(1_000_000);
    assertThat(file.card().source()).isEqualTo("training/recipes/" + name + ".json");
    TrainingCurve curve =
        TrainingCurve.parse(Files.readString(Path.of("recipes", name + ".curve.csv")));
    assertThat(curve.points()).hasSize(Recipe.named(name).epochs());
  }

  @Test
  void digitsStandUnderPgdWhereTheTwinFalls() {
    Path mirror = SharedData.path("datasets/mnist").resolve("../..").normalize();
    DataSet test = DataSets.find("mnist", new DataHome(home, List.of(mirror))).take(100);
    assertThat(underPgd("digits-robust", test, 40, 0.3)).isGreaterThanOrEqualTo(0.9);
    assertThat(underPgd("digits-standard", test, 10, 0.3)).isLessThan(0.1);
  }

  @Test
  void smallPhotosStandUnderPgdMoreOftenThanThoseOfTheTwin() {
    Path mirror = SharedData.path("datasets/cifar10").resolve("../..").normalize();
    DataSet test = DataSets.find("cifar10", new DataHome(home, List.of(mirror))).take(50);
    double robust = underPgd("cifar10-robust", test, 10, 8 / 255.0);
    double standard = underPgd("cifar10", test, 10, 8 / 255.0);
    assertThat(robust).isGreaterThan(standard + 0.1);
  }

  @Test
  void birdsStandUnderPgdMoreOftenThanThoseOfTheTwin() {
    DataSet test = AviarySet.test().take(60);
    double robust = underPgd("aviary-robust", test, 10, 8 / 255.0);
    double standard = underPgd("aviary", test, 10, 8 / 255.0);
    assertThat(robust).isGreaterThan(standard + 0.1);
  }

  private double underPgd(String name, DataSet test, int steps, double epsilon) {
    Classifier network = ModelReader.open(file(name), Device.CPU);
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batch.pixels(test, 0, test.size());
      List<Integer> labels = IntStream.range(0, test.size()).map(test::label).boxed().toList();
      return RobustAccuracy.of(
              Attacks.run(
                  new Pgd(steps, 0, true),
                  Problem.of(network, pixels, labels),
                  Norm.LINF,
                  List.of(epsilon),
                  Attacks.Rounding.SKIP,
                  Run.of(new Rng(1), pixels)))
          .ofAll()
          .value();
    }
  }
}
