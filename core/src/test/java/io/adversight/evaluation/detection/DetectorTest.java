package io.adversight.evaluation.detection;

import static io.adversight.attribution.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attribution.Networks;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Scores, thresholds and reports of detectors. */
class DetectorTest {
  /** A score with a known distribution: the mean of the image. */
  private record Brightness() implements DetectionScore {
    @Override
    public List<Double> scores(DetectorInputs suspects, Run run) {
      List<Double> means = new ArrayList<>();
      for (Raster image : Batches.rasters(suspects.pixels())) {
        double sum = 0;
        for (float value : image.toArray()) {
          sum += value;
        }
        means.add(sum / 64);
      }
      return means;
    }
  }

  private static List<Raster> grey(int count, double from, double step) {
    List<Raster> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double value = from + step * i;
      images.add(Raster.generate(1, 8, 8, (c, y, x) -> value));
    }
    return images;
  }

  @Test
  void thresholdLetsTheChosenShareOfCleanImagesPass() {
    ImageSet clean = ImageSet.clean(Networks.formula(), grey(40, 0, 0.01), 1);
    Detector detector = Detector.calibrate(new Brightness(), clean, 0.1);
    assertThat(detector.threshold()).isCloseTo(0.35, within(1e-6));
    Detector.Report report =
        detector.evaluate(
            clean,
            List.of(
                new Detector.Attacked(
                    "brighten", 0.2, ImageSet.clean(Networks.formula(), grey(40, 0.2, 0.01), 1))));
    assertThat(report.falsePositives().successes()).isEqualTo(4);
    // 0.20 ... 0.59 against the threshold 0.35: those from 0.36 on.
    assertThat(report.rows().get(0).detected().successes()).isBetween(23L, 25L);
    // Of 1600 pairs those lose in which the attacked one (20 + i) is below the clean one (j).
    double wins = 0;
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 40; j++) {
        wins += 20 + i > j ? 1 : 20 + i == j ? 0.5 : 0;
      }
    }
    assertThat(report.rows().get(0).auc()).isCloseTo(wins / 1600, within(0.01));
  }

  @Test
  void squeezedImagesHaveTheLogitsOfTheReference() {
    try (Scope scope = Scope.open()) {
      Classifier net = Networks.formula();
      Tensor x = Networks.formulaInput();
      assertClose(
          net.logits(FeatureSqueezing.reduced(x, 1)).toDoubles(),
          new double[] {-0.082, -0.443, 0.073, 0.529},
          1e-5);
      assertClose(
          net.logits(FeatureSqueezing.reduced(x, 3)).toDoubles(),
          new double[] {-0.7414285714, -0.5638571429, 0.0808571429, 0.6411428571},
          1e-5);
    }
  }

  @Test
  void medianIsThatOfTheSortedWindow() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new float[] {5, 1, 4, 2, 9, 3, 8, 6, 7}, 1, 1, 3, 3);
      double[] found = FeatureSqueezing.median(x, 3).toDoubles();
      assertThat(found[4]).isEqualTo(5);
      // The corner's window repeats the edge: 5 5 1, 5 5 1, 2 2 9.
      assertThat(found[0]).isEqualTo(5);
    }
  }

  @Test
  void squeezingScoreIsTheLargestDistanceOfProbabilities() {
    try (Scope scope = Scope.open()) {
      Classifier net = Networks.formula();
      Tensor x = Networks.formulaInput();
      double[] own = net.logits(x).softmax(1).toDoubles();
      double[] squeezed = net.logits(FeatureSqueezing.reduced(x, 3)).softmax(1).toDoubles();
      double distance = 0;
      for (int i = 0; i < 4; i++) {
        distance += Math.abs(own[i] - squeezed[i]);
      }
      double score = new FeatureSqueezing(3, 1).scores(DetectorInputs.of(net, x), Run.of(1)).get(0);
      assertThat(score).isCloseTo(distance, within(1e-6));
      assertThat(new MaxSoftmax().scores(DetectorInputs.of(net, x), Run.of(1)).get(0))
          .isCloseTo(1 - 0.4662125308, within(1e-6));
    }
  }

  static Stream<DetectionScore> scores() {
    return Stream.of(
        new MaxSoftmax(),
        new FeatureSqueezing(),
        new ExplanationStability(),
        new TopClassDistance(),
        new OracleDistance());
  }

  @ParameterizedTest
  @MethodSource("scores")
  void scoresAreFiniteAndTheSameAloneAndInABatch(DetectionScore score) {
    try (Scope scope = Scope.open()) {
      Classifier net = Networks.formula();
      Tensor x = Networks.formulaInput();
      Tensor both = Tensor.concat(List.of(x, x.fullLike(0)), 0);
      Rng rng = new Rng(3);
      List<Double> together = score.scores(DetectorInputs.of(net, both), Run.of(rng, 0, 2));
      assertThat(together).hasSize(2).allSatisfy(v -> assertThat(v).isFinite());
      List<Double> alone = score.scores(DetectorInputs.of(net, both.rows(1)), Run.of(rng, 1, 1));
      assertThat(alone.get(0)).isCloseTo(together.get(1), within(1e-4));
    }
  }

  @Test
  void oracleOfACleanImageSeesNoDistance() {
    try (Scope scope = Scope.open()) {
      Classifier net = Networks.formula();
      Tensor x = Networks.formulaInput();
      assertThat(new OracleDistance().scores(DetectorInputs.of(net, x), Run.of(1)).get(0))
          .isCloseTo(0, within(1e-9));
      assertThat(
              new OracleDistance().scores(new DetectorInputs(net, x.flip(2), x), Run.of(1)).get(0))
          .isGreaterThan(0.1);
    }
  }

  @Test
  void standardizedSumIsTheMeanOfDistancesFromTheCleanMean() {
    ImageSet clean = ImageSet.clean(Networks.formula(), grey(5, 0.1, 0.1), 1);
    StandardizedSum sum = StandardizedSum.learn(List.of(new Brightness(), new Brightness()), clean);
    ImageSet one = ImageSet.clean(Networks.formula(), grey(1, 0.9, 0), 1);
    // Mean 0.3, population standard deviation sqrt(0.02).
    assertThat(one.scores(sum).get(0)).isCloseTo(0.6 / Math.sqrt(0.02), within(1e-4));
  }

  @ParameterizedTest
  @EnumSource
  void smallChangesAreSmall(SmallChange change) {
    SplittableRandom random = new SplittableRandom(1);
    for (int channels : new int[] {1, 3}) {
      Raster image =
          Raster.generate(
              channels, 40, 50, (c, y, x) -> 0.5 + 0.3 * Math.sin(y / 9.0 + c) * Math.cos(x / 7.0));
      Raster changed = change.of(image, random);
      double sum = 0;
      double most = 0;
      for (int c = 0; c < channels; c++) {
        for (int y = 0; y < 40; y++) {
          for (int x = 0; x < 50; x++) {
            double difference = Math.abs(changed.at(c, y, x) - image.at(c, y, x));
            sum += difference;
            most = Math.max(most, difference);
          }
        }
      }
      assertThat(sum / (channels * 2000)).isBetween(1e-6, 0.03);
      assertThat(most).isLessThan(0.15);
    }
  }
}
