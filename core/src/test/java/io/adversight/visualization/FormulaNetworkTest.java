package io.adversight.visualization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attribution.Networks;
import io.adversight.data.Labels;
import io.adversight.graph.ReferenceNetworks;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.parameterization.ConstantImage;
import io.adversight.visualization.parameterization.ImageBatch;
import io.adversight.visualization.parameterization.Pixels;
import io.adversight.visualization.regularizer.L2Penalty;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reference cases E6: the formula network. */
class FormulaNetworkTest {
  private static final double[] GRADIENT = {
    0.039, 0.051, -0.038, 0.246, -0.126, 0.168, -0.034, 0.085,
    0.049, -0.361, 0.528, -0.598, 0.306, -0.17, 0.054, 0.048,
    0.028, 0.499, -0.588, 0.233, -0.16, -0.22, 0.032, -0.08,
    0.069, -0.264, -0.495, 0.397, 0.309, -0.22, -0.03, -0.066,
    0.054, -0.293, 0.422, 0.127, -0.515, 0.103, -0.044, 0.11,
    -0.198, 0.519, 0.105, -1.083, 0.003, 0.614, 0.153, -0.021,
    -0.151, -0.336, -0.122, -0.532, 0.028, -0.287, 0.004, -0.073,
    -0.072, 0.228, 0.403, -0.085, 0.198, -0.027, 0.15, -0.018
  };

  /** In double precision: at a constant image the max-pooling's windows are full of ties. */
  private final GraphClassifier network =
      new GraphClassifier(
          Networks.formula().card(), Labels.numbers(4), ReferenceNetworks.f8(), Device.CPU);

  private static Tensor grey() {
    return Tensor.full(0.5, 1, 1, 8, 8).asDouble();
  }

  private FeatureVisualization lecture(int steps, double penalty) {
    return new FeatureVisualization(
        new Pixels(ConstantImage.GREY, 0, false),
        List.of(),
        List.of(new L2Penalty(penalty, ConstantImage.BLACK)),
        new GradientAscent(0.1, 0, false),
        steps,
        false);
  }

  private Tensor optimized(FeatureVisualization way) {
    Optimization optimization =
        new Optimization(way, ImageBatch.of(network, 1), Objective.Logit.of(0), Run.of(1));
    return way.optimizer().optimize(grey(), optimization);
  }

  @Test
  void followsTheGradientOfTheScoreFromTheConstantImage() { // case E6
    try (Scope scope = Scope.open()) {
      double[] image = optimized(lecture(1, 0)).toDoubles();
      for (int i = 0; i < GRADIENT.length; i++) {
        assertThat((image[i] - 0.5) / 0.1).isCloseTo(GRADIENT[i], within(1e-9));
      }
    }
  }

  @Test
  void climbsTheScoreLessTheSquaredLength() { // case E6
    try (Scope scope = Scope.open()) {
      Tensor x = optimized(lecture(10, 0.01));
      double[] logits = network.logits(x).toDoubles();
      double[] expected = {2.3673132894, 0.0659307395, 1.0655682433, 0.0606801398};
      for (int i = 0; i < expected.length; i++) {
        assertThat(logits[i]).isCloseTo(expected[i], within(1e-9));
      }
      assertThat(x.l2PerImage().item()).isCloseTo(4.1828848786, within(1e-9));
      double[] first = {0.5063316608, 0.5063626432, 0.4589667265, 0.6992597393};
      for (int i = 0; i < first.length; i++) {
        assertThat(x.toDoubles()[i]).isCloseTo(first[i], within(1e-9));
      }
    }
  }
}
