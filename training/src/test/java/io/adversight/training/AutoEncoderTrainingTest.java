package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.graph.ModelFormatException;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.model.EngineChoice;
import io.adversight.model.GraphClassifier;
import io.adversight.model.LatentModel;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.run.Progress;
import io.adversight.tensor.Device;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.training.data.Accuracy;
import io.adversight.training.data.Batch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoEncoderTrainingTest {
  @TempDir static Path folder;
  private static final int THREADS = Engine.threads();
  private static Train.Result trained;

  @BeforeAll
  static void train() {
    Engine.setThreads(1);
    trained = TinyAutoEncoder.train(folder.resolve("once"), Progress.SILENT);
  }

  @AfterAll
  static void useAllThreads() {
    Engine.setThreads(THREADS);
  }

  @Test
  void theEvidenceLowerBoundRisesAndTheCodesAreClassified() {
    List<TrainingCurve.Point> points = trained.curve().points();
    TrainingCurve.Point last = points.get(39);
    assertThat(last.terms().keySet()).containsExactly("kl", "classification", "reconstruction");
    assertThat(elbo(last)).isGreaterThan(elbo(points.get(0)) + 30);
    assertThat(last.testAccuracy()).isGreaterThan(0.9);
    assertThat(points.get(45).terms().keySet())
        .containsExactly("encoded", "stray", "prior", "stray_classification");
  }

  private static double elbo(TrainingCurve.Point point) {
    return -point.terms().getOrDefault("kl", Double.NaN)
        - point.terms().getOrDefault("reconstruction", Double.NaN);
  }

  @Test
  void aKilledTrainingEndsWithTheSameNetwork() {
    Path killed = folder.resolve("killed");
    assertThatThrownBy(
            () ->
                TinyAutoEncoder.train(
                    killed,
                    (done, total, what) -> {
                      if (done == 30L * 20 + 7) {
                        throw new IllegalStateException("killed");
                      }
                    }))
        .hasMessage("killed");
    Train.Result resumed = TinyAutoEncoder.train(killed, Progress.SILENT);
    assertThat(resumed.curve()).isEqualTo(trained.curve());
    assertThat(resumed.file()).hasSameBinaryContentAs(trained.file());
  }

  @Test
  void theFileIsAClassifierAndAGenerativeModel() {
    ModelFile file = ModelFile.of(trained.file(), trained.card());
    GraphClassifier classifier = ModelReader.open(file, Device.CPU);
    assertThat(Accuracy.of(classifier, TinyAutoEncoder.TEST, 50)).isGreaterThan(0.9);
    LatentModel model = LatentModel.open(file, Device.CPU);
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Tensor pixels = Batch.pixels(TinyAutoEncoder.TEST, 0, 100);
      Tensor codes = model.encode(pixels);
      assertThat(codes.shape().toArray()).containsExactly(100, 6);
      assertThat(model.classify(codes).toFloats())
          .isEqualTo(classifier.on(EngineChoice.LIBTORCH).logits(pixels).toFloats());
      double error = model.decode(codes).sub(pixels).square().mean().item();
      double spread = pixels.sub(pixels.mean(0)).square().mean().item();
      assertThat(error).isLessThan(spread / 2);
      Tensor stray = codes.add(Tensor.of(new Rng(3).normal(600), 100, 6));
      double own = model.discriminate(codes).gt(0).asFloat().mean().item();
      double other = model.discriminate(stray).gt(0).asFloat().mean().item();
      assertThat(own).isGreaterThan(other + 0.3);
    }
  }

  @Test
  void aPlainClassifierIsNoGenerativeModel() {
    Models embedded = new Models(new DataHome(folder, List.of()));
    assertThatThrownBy(
            () -> LatentModel.open(embedded.locate("digits", ByteProgress.NONE), Device.CPU))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("is no supervised auto-encoder")
        .hasMessageContaining("its outputs are logits");
  }
}
