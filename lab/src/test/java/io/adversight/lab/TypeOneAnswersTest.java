package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.Attacks;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.latent.Generators;
import io.adversight.attack.latent.TypeOne;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DrawnDigitSet;
import io.adversight.home.DataHome;
import io.adversight.image.Raster;
import io.adversight.lab.store.ModelStore;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.LatentModel;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.study.image.SampleImages;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Type I and Type II attacks on one ROC, beside the library's. */
class TypeOneAnswersTest {
  private static final int THREE = 3;
  private static final double EPSILON = 0.1;
  private static LabClient lab;
  private static GraphClassifier digits;

  @TempDir static Path home;

  @BeforeAll
  static void start() {
    lab = LabClient.start(home);
    digits = new ModelStore(new DataHome(home, List.of())).open("digits");
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static List<LiveClient.Received> ask(String type, String model, String more) {
    try (LiveClient live = lab.live()) {
      return live.ask(
          """
          {"type":"%s","panel":"p","request":1,"state":{"model":"%s","image":"s-digit-3",
           "attack":{"id":"fgsm"},"epsilon":%s}%s}
          """
              .formatted(type, model, EPSILON, more));
    }
  }

  @Test
  void theRatesAreThoseOfPredictionsOfTheSameDigits() {
    List<Raster> threes = new ArrayList<>();
    List<Raster> others = new ArrayList<>();
    DrawnDigitSet set = new DrawnDigitSet(500, 45, 28);
    for (int i = 0; i < set.size(); i++) {
      if (set.label(i) == THREE) {
        threes.add(set.image(i));
      } else if (i < 50) {
        others.add(set.image(i));
      }
    }
    JsonNode found = ask("roc", "digits", "").get(0).header();
    assertThat(found.path("positives").asInt()).isEqualTo(threes.size());
    assertThat(found.path("negatives").asInt()).isEqualTo(others.size());
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(threes);
      List<Prediction> negatives = digits.predict(Batches.of(others));
      check(found.path("clean"), digits.predict(pixels), negatives);
      Problem problem = Problem.of(digits, pixels, Collections.nCopies(threes.size(), THREE));
      Tensor changed =
          Attacks.changed(new Fgsm(), problem, Norm.LINF, EPSILON, Run.of(threes.size()));
      check(found.path("typeTwo"), digits.predict(changed), negatives);
    }
  }

  /** The area as the share of pairs in the right order. */
  private static void check(
      JsonNode rates, List<Prediction> positives, List<Prediction> negatives) {
    double right = 0;
    for (Prediction positive : positives) {
      for (Prediction negative : negatives) {
        double difference = score(positive) - score(negative);
        right += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
      }
    }
    assertThat(rates.path("area").asDouble())
        .isCloseTo(right / positives.size() / negatives.size(), within(2e-3));
    assertThat(rates.path("truePositiveRate").asDouble()).isEqualTo(share(positives));
    assertThat(rates.path("falsePositiveRate").asDouble()).isEqualTo(share(negatives));
    JsonNode curve = rates.path("curve");
    assertThat(curve.get(curve.size() - 1).path("truePositiveRate").asDouble()).isEqualTo(1);
  }

  private static double score(Prediction prediction) {
    double p = prediction.probability(THREE);
    return Math.log(p) - Math.log1p(-p);
  }

  private static double share(List<Prediction> predictions) {
    return (double) predictions.stream().filter(one -> one.top() == THREE).count()
        / predictions.size();
  }

  @Test
  void theWalkIsThatOfTheImageAloneAndMovesTheFalsePositives() {
    List<LiveClient.Received> stops = ask("walk", "digits", ",\"target\":8,\"kept\":true");
    assertThat(stops.size()).isGreaterThan(20);
    JsonNode first = stops.get(0).header();
    JsonNode last = stops.get(stops.size() - 1).header();
    assertThat(first.path("step").asInt()).isZero();
    assertThat(last.path("step").asInt()).isEqualTo(last.path("steps").asInt()).isEqualTo(200);
    List<Raster> path = new ArrayList<>();
    Raster three = SampleImages.digits().get(3).view();
    try (Scope scope = Scope.open()) {
      LatentModel model = Generators.open(Generators.OF_DIGITS, digits);
      Tensor pixels = Batches.of(List.of(three));
      new TypeOne()
          .walk()
          .run(
              model,
              Problem.of(digits, pixels, List.of(THREE)),
              List.of(8),
              Run.of(1),
              point -> path.add(Batches.rasters(point.images()).get(0)));
    }
    for (LiveClient.Received stop : stops) {
      int[] rgba = stop.bytes("image");
      float[] alone = path.get(stop.header().path("step").asInt()).toArray();
      for (int i = 0; i < alone.length; i++) {
        assertThat(rgba[4 * i] / 255.0).isCloseTo(alone[i], within(0.04));
      }
    }
    JsonNode clean = ask("roc", "digits", "").get(0).header().path("clean");
    double before = clean.path("falsePositiveRate").asDouble();
    assertThat(first.path("rates").path("falsePositiveRate").asDouble()).isEqualTo(before);
    assertThat(last.path("rates").path("falsePositiveRate").asDouble()).isGreaterThan(before + 0.2);
    assertThat(last.path("rates").path("truePositiveRate"))
        .isEqualTo(clean.path("truePositiveRate"));
    assertThat(last.path("oracles")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "digits | 3 | target must be one of the classes 0 to 9 other than that of the image, 3",
        "digits | 10 | target must be one of the classes",
        "digits | -1 | target must be one of the classes",
        "aviary | 3 | 28 x 28 grey pixels",
      })
  void wrongRequestsAreRefusedInWords(String model, int target, String said) {
    JsonNode answer = ask("walk", model, ",\"kept\":false,\"target\":" + target).get(0).header();
    assertThat(answer.path("status").asInt()).isEqualTo(400);
    assertThat(answer.path("error").asString()).contains(said).doesNotContain("Exception");
  }
}
