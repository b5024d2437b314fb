package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.training.loss.CrossEntropy;
import io.adversight.training.loss.LatentHeadsLoss;
import io.adversight.training.loss.LossTerms;
import io.adversight.training.loss.TrainingPass;
import io.adversight.training.loss.VariationalLoss;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The losses of the supervised auto-encoder, against the definitions computed value by value. */
class VariationalLossTest {
  private static final double[][] MEAN = {{0.5, -1}, {2, 0}};
  private static final double[][] LOG_VARIANCE = {{0, -1}, {0.3, -4}};
  private static final double[][] LOGITS = {{1, 2, -1}, {0, 0.5, 3}};
  private static final int[] LABELS = {0, 2};
  private static final double[][] IMAGE = {{0, 1, 0.25}, {0.5, 0.1, 1}};
  private static final double[][] DECODED = {{-2, 3, 0.5}, {0, -40, 30}};

  private static Tensor tensor(double[][] rows, long... sizes) {
    double[] all = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return Tensor.of(all, sizes);
  }

  private static TrainingPass pass() {
    return new TrainingPass(
        Map.of(
            "pixels", tensor(IMAGE, 2, 1, 1, 3),
            "mean", tensor(MEAN, 2, 2),
            "log_variance", tensor(LOG_VARIANCE, 2, 2),
            "logits", tensor(LOGITS, 2, 3),
            "decoder_pixels", tensor(DECODED, 2, 1, 1, 3),
            "realness", Tensor.of(new double[] {3, -1}, 2, 1),
            "realness_of_stray", Tensor.of(new double[] {-2, 0.5}, 2, 1),
            "realness_of_prior", Tensor.of(new double[] {1, -3}, 2, 1),
            "logits_of_stray", tensor(LOGITS, 2, 3)),
        Map.of(),
        "logits");
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  @Test
  void isDivergencePlusCrossEntropyPlusReconstruction() {
    double kl = 0;
    double classification = 0;
    double reconstruction = 0;
    for (int i = 0; i < 2; i++) {
      for (int d = 0; d < 2; d++) {
        double variance = Math.exp(LOG_VARIANCE[i][d]);
        kl += (MEAN[i][d] * MEAN[i][d] + variance - LOG_VARIANCE[i][d] - 1) / 2 / 2;
      }
      double sum = 0;
      for (double logit : LOGITS[i]) {
        sum += Math.exp(logit);
      }
      classification -= Math.log(Math.exp(LOGITS[i][LABELS[i]]) / sum) / 2;
      for (int k = 0; k < 3; k++) {
        double black = Math.log(sigmoid(-DECODED[i][k]));
        double white = Math.log(sigmoid(DECODED[i][k]));
        reconstruction -= (IMAGE[i][k] * white + (1 - IMAGE[i][k]) * black) / 2;
      }
    }
    try (Scope scope = Scope.open()) {
      VariationalLoss loss = new VariationalLoss(0.5, 10);
      Tensor labels = Tensor.of(new long[] {0, 2}, 2, 1);
      LossTerms terms = loss.terms(pass(), labels);
      assertThat(terms.values().keySet()).containsExactly("kl", "classification", "reconstruction");
      assertThat(terms.values().get("kl")).isCloseTo(kl, within(1e-9));
      assertThat(terms.values().get("classification")).isCloseTo(classification, within(1e-9));
      assertThat(terms.values().get("reconstruction")).isCloseTo(reconstruction, within(1e-6));
      assertThat(loss.of(pass(), labels).item())
          .isCloseTo(0.5 * kl + 10 * classification + reconstruction, within(1e-6));
    }
  }

  @Test
  void theHeadsReadEncodedStrayAndPriorCodes() {
    double encoded = -(Math.log(sigmoid(3)) + Math.log(sigmoid(-1))) / 2;
    double prior = -(Math.log(1 - sigmoid(1)) + Math.log(1 - sigmoid(-3))) / 2;
    double stray = -(Math.log(1 - sigmoid(-2)) + Math.log(1 - sigmoid(0.5))) / 2;
    try (Scope scope = Scope.open()) {
      Tensor labels = Tensor.of(new long[] {0, 2}, 2, 1);
      LossTerms terms = new LatentHeadsLoss(2).terms(pass(), labels);
      assertThat(terms.values().get("encoded")).isCloseTo(encoded, within(1e-9));
      assertThat(terms.values().get("stray")).isCloseTo(stray, within(1e-9));
      assertThat(terms.values().get("prior")).isCloseTo(prior, within(1e-9));
      double classes = new CrossEntropy(0).of(tensor(LOGITS, 2, 3), labels).item();
      assertThat(terms.sum().item())
          .isCloseTo(encoded + (stray + prior) / 2 + 2 * classes, within(1e-9));
    }
  }

  @Test
  void theCurveKeepsTheTermsOfEachPhase() {
    TrainingCurve curve =
        new TrainingCurve(
            List.of(
                new TrainingCurve.Point(1, "a", 0.1, 3, 0.5, 0.25, Map.of("kl", 1.5)),
                new TrainingCurve.Point(2, "b", 0.1, 2, 0.5, 0.5, Map.of("stray", 2.0)),
                new TrainingCurve.Point(3, "c", 0.1, 1, 0.5, 0.75, Map.of())));
    assertThat(curve.toCsv().lines())
        .containsExactly(
            "epoch,phase,rate,loss,train_accuracy,test_accuracy,kl,stray",
            "1,a,0.1,3.0,0.5,0.25,1.5,",
            "2,b,0.1,2.0,0.5,0.5,,2.0",
            "3,c,0.1,1.0,0.5,0.75,,");
    assertThat(TrainingCurve.parse(curve.toCsv())).isEqualTo(curve);
  }
}
