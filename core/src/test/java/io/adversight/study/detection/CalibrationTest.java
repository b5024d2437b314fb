package io.adversight.study.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.gradient.Bim;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attribution.Networks;
import io.adversight.evaluation.detection.DetectorEvasion;
import io.adversight.evaluation.detection.FeatureSqueezing;
import io.adversight.evaluation.detection.ImageSet;
import io.adversight.evaluation.detection.MaxSoftmax;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Prediction;
import io.adversight.report.detection.DetectorFile;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.study.image.InputImage;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {
  private static final Algorithm SOFTMAX = Algorithm.of("max-softmax");
  private static final Algorithm SQUEEZING =
      new Algorithm("feature-squeezing", Map.of("bits", "2", "window", "1"));

  @TempDir Path folder;

  private static List<InputImage> images(int count) {
    SplittableRandom random = new SplittableRandom(7);
    List<InputImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Raster view = Raster.generate(1, 8, 8, (c, y, x) -> random.nextDouble());
      images.add(new InputImage("p" + i, "image " + i, "", view, OptionalInt.empty()));
    }
    return images;
  }

  private static DetectorSet calibrated(List<InputImage> images, double heldOut) {
    Calibration calibration =
        new Calibration(
            new Calibration.Spec(List.of(SOFTMAX, SQUEEZING), List.of(SOFTMAX), 0.1, heldOut, 3),
            Networks.formula());
    calibration.add(images.subList(0, 25), new AtomicBoolean());
    calibration.add(images.subList(25, images.size()), new AtomicBoolean());
    return calibration.finish();
  }

  private static List<Raster> views(List<InputImage> images) {
    return images.stream().map(InputImage::view).toList();
  }

  @Test
  void findsThresholdsOnOnePartAndTriesThemOnTheOther() {
    List<InputImage> images = images(60);
    DetectorSet set = calibrated(images, 0.5);
    assertThat(set.calibrated()).hasSize(30);
    assertThat(set.heldOut()).hasSize(30);
    assertThat(new HashSet<>(set.calibrated())).doesNotContainAnyElementsOf(set.heldOut());
    assertThat(set.detectors().stream().map(CalibratedDetector::name))
        .containsExactly("combined", "max-softmax", SQUEEZING.toString());
    CalibratedDetector softmax = set.detector("max-softmax");
    List<Double> scores =
        ImageSet.clean(Networks.formula(), views(images), 3).scores(new MaxSoftmax());
    long alarms = 0;
    long heldOut = 0;
    for (int i = 0; i < images.size(); i++) {
      if (scores.get(i) > softmax.threshold()) {
        alarms += set.calibrated().contains(images.get(i).identity().content()) ? 1 : 0;
        heldOut += set.heldOut().contains(images.get(i).identity().content()) ? 1 : 0;
      }
    }
    assertThat(alarms).isEqualTo(3);
    assertThat(softmax.heldOut().successes()).isEqualTo(heldOut);
  }

  @Test
  void averagesScoresInCleanStandardDeviations() {
    List<InputImage> images = images(40);
    CalibratedDetector combined = calibrated(images, 0).detectors().get(0);
    Classifier net = Networks.formula();
    List<Double> a = ImageSet.clean(net, views(images), 3).scores(new MaxSoftmax());
    List<Double> b = ImageSet.clean(net, views(images), 3).scores(new FeatureSqueezing(2, 1));
    double mean = a.stream().mapToDouble(v -> v).average().orElseThrow();
    double variance = a.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow();
    assertThat(combined.parts().get(0).mean()).isCloseTo(mean, within(1e-12));
    assertThat(combined.parts().get(0).spread()).isCloseTo(Math.sqrt(variance), within(1e-12));
    List<Double> together = ImageSet.clean(net, views(images), 3).scores(combined.score());
    for (int i = 0; i < images.size(); i++) {
      assertThat(combined.combine(List.of(a.get(i), b.get(i))))
          .isCloseTo(together.get(i), within(1e-9));
    }
  }

  @Test
  void keepsDetectorsInAFile() throws Exception {
    DetectorSet set = calibrated(images(30), 0.3);
    Path file = folder.resolve("detector.json");
    DetectorFile.write(set, file);
    assertThat(DetectorFile.read(file)).isEqualTo(set);
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> DetectorFile.read(file)).hasMessageContaining("is not a detector");
    Files.writeString(file, "[");
    assertThatThrownBy(() -> DetectorFile.read(file)).hasMessageContaining("is not a detector");
  }

  @Test
  void refusesTooFewImagesAndImagesThatWereUsed() {
    assertThatThrownBy(() -> calibrated(images(30), 0.9))
        .hasMessageContaining("needs at least 10 images");
    List<InputImage> images = images(30);
    DetectorSet set = calibrated(images, 0.5);
    assertThatThrownBy(() -> set.checkHeldOut(images))
        .hasMessageContaining("that the thresholds were found on");
    assertThatThrownBy(() -> set.checkModel("other", "abc")).hasMessageContaining("was calibrated");
    assertThatThrownBy(() -> set.detector("x")).hasMessageContaining("there are combined");
  }

  @Test
  void anAttackThatKnowsTheScoreLowersIt() {
    FeatureSqueezing score = new FeatureSqueezing(2, 1);
    List<Raster> views = views(images(24));
    double[] blind = scores(new Bim(20, 0.1), views, score);
    double[] knowing = scores(new DetectorEvasion(score, 20, 0.1, 1), views, score);
    int both = 0;
    double lowered = 0;
    for (int i = 0; i < views.size(); i++) {
      if (!Double.isNaN(blind[i]) && !Double.isNaN(knowing[i])) {
        both++;
        lowered += blind[i] - knowing[i];
      }
    }
    assertThat(both).isGreaterThan(10);
    assertThat(lowered / both).isGreaterThan(0.1);
  }

  /** The scores of the images that became adversarial; NaN for the others. */
  private static double[] scores(BoundedAttack attack, List<Raster> views, FeatureSqueezing score) {
    try (Scope scope = Scope.open()) {
      Classifier net = Networks.formula();
      Tensor pixels = Batches.of(views);
      List<Integer> labels =
          Prediction.of(net.logits(pixels)).stream().map(Prediction::top).toList();
      List<Adversarial> found =
          Attacks.run(
              attack,
              Problem.of(net, pixels, labels),
              Norm.LINF,
              List.of(0.1),
              Attacks.Rounding.SKIP,
              Run.of(new Rng(1), 0, views.size()));
      List<Double> values =
          ImageSet.clean(net, found.stream().map(Adversarial::changed).toList(), 1).scores(score);
      double[] scores = new double[views.size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = found.get(i).success() ? values.get(i) : Double.NaN;
      }
      return scores;
    }
  }
}
