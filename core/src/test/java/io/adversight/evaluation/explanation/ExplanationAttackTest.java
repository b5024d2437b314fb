package io.adversight.evaluation.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attribution.Networks;
import io.adversight.graph.backward.SmoothRules;
import io.adversight.image.Raster;
import io.adversight.model.Activations;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Heat maps that move while the prediction stays. */
class ExplanationAttackTest {
  @ParameterizedTest
  @CsvSource({
    "GRADIENT, REGION",
    "GRADIENT, TARGET_MAP",
    "INPUT_X_GRADIENT, REGION",
    "GRAD_CAM, REGION"
  })
  void mapMovesIntoTheRegionAndThePredictionStays(
      ExplanationAttack.Explained explained, ExplanationAttack.Aim aim) {
    Classifier net = Networks.formula();
    Tensor x = Networks.formulaInput();
    Raster corner = Raster.generate(1, 8, 8, (c, i, j) -> i < 4 && j < 4 ? 1 : 0);
    ExplanationAttack attack = new ExplanationAttack(explained, "", aim, 0.15, 25, 0.02, 10, 0.1);
    ExplanationAttack.Moved moved = attack.run(net, x, List.of(corner), Run.of(1)).get(0);
    assertThat(moved.label()).isEqualTo(3);
    try (Scope scope = Scope.open()) {
      Tensor image = Batches.of(List.of(moved.image()));
      assertThat(net.logits(image).argmax(1).toLongs()).containsExactly(3);
    }
    assertThat(moved.massAfter()).isGreaterThan(moved.massBefore() + 0.02);
    assertThat(moved.linf()).isLessThanOrEqualTo(0.15 + 1e-6);
    double sum = 0;
    double inside = 0;
    Raster after = moved.after();
    for (int i = 0; i < after.height(); i++) {
      for (int j = 0; j < after.width(); j++) {
        sum += after.at(0, i, j);
        boolean in = after.height() == 8 ? i < 4 && j < 4 : i == 0 && j == 0;
        inside += in ? after.at(0, i, j) : 0;
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-5));
    if (after.height() == 8) {
      assertThat(inside).isCloseTo(moved.massAfter(), within(1e-5));
    }
  }

  @Test
  void smoothNetworkHasTheSecondDerivativesOfFiniteDifferences() {
    try (Scope scope = Scope.open()) {
      Classifier net = Networks.formula();
      Tensor x = Networks.formulaInput();
      SmoothRules rules = new SmoothRules(4);
      Objective logit = Objective.Logit.of(3);
      Tensor leaf = x.leaf();
      Activations activations = net.forward(leaf, rules);
      Tensor gradient =
          Gradients.of(logit.values(activations), List.of(leaf), Gradients.Recording.CREATE).get(0);
      double[] second = Gradients.of(gradient.square().sum(), leaf).toDoubles();
      double h = 1e-2;
      for (int i : new int[] {9, 30, 44}) {
        double up = energy(net, moved(x, i, h), rules, logit);
        double down = energy(net, moved(x, i, -h), rules, logit);
        assertThat(second[i])
            .isCloseTo((up - down) / (2 * h), within(2e-2 * Math.abs(second[i]) + 2e-3));
      }
    }
  }

  private static Tensor moved(Tensor x, int at, double by) {
    float[] values = x.toFloats();
    values[at] += (float) by;
    return Tensor.of(values, x.shape().toArray());
  }

  private static double energy(Classifier net, Tensor x, SmoothRules rules, Objective logit) {
    Tensor leaf = x.leaf();
    Tensor value = logit.values(net.forward(leaf, rules));
    return Gradients.of(value, leaf).asDouble().square().sum().item();
  }
}
