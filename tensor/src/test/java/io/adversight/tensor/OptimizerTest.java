package io.adversight.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Three steps on f(x) = 3 x^2 / 2 from x = 1, against the papers' recurrences in doubles. */
class OptimizerTest {
  private static final double RATE = 0.1;

  private static double[] steps(Optimizer rule, int count, long... shape) {
    try (Scope scope = Scope.open()) {
      Optimizer.State state = rule.start(List.of(Tensor.ones(shape)));
      double[] path = new double[count];
      for (int i = 0; i < count; i++) {
        try (Scope step = Scope.open()) {
          Tensor x = state.values().get(0).leaf();
          Tensor gradient = Gradients.of(x.square().mul(1.5).sum(), x);
          state = state.replaced(step, rule.step(state, List.of(gradient), RATE));
        }
        path[i] = state.values().get(0).item();
      }
      assertThat(state.steps()).isEqualTo(count);
      return path;
    }
  }

  @Test
  void momentumFollowsItsRecurrence() {
    double x = 1;
    double v = 0;
    double[] path = steps(new Sgd(0.9, 0, false), 3, 1);
    for (double got : path) {
      v = 0.9 * v + 3 * x;
      x -= RATE * v;
      assertThat(got).isCloseTo(x, within(1e-6));
    }
  }

  @Test
  void nesterovLooksAheadAndDecayPullsWeightsOnly() {
    double x = 1;
    double v = 0;
    double plain = 1;
    double plainV = 0;
    double[] weights = steps(new Sgd(0.9, 0.5, true), 3, 1, 1);
    double[] biases = steps(new Sgd(0.9, 0.5, true), 3, 1);
    for (int i = 0; i < 3; i++) {
      double g = 3 * x + 0.5 * x;
      v = 0.9 * v + g;
      x -= RATE * (g + 0.9 * v);
      double plainG = 3 * plain;
      plainV = 0.9 * plainV + plainG;
      plain -= RATE * (plainG + 0.9 * plainV);
      assertThat(weights[i]).isCloseTo(x, within(1e-6));
      assertThat(biases[i]).isCloseTo(plain, within(1e-6));
    }
  }

  @Test
  void adamFollowsItsRecurrence() {
    double x = 1;
    double m = 0;
    double s = 0;
    double[] path = steps(new Adam(0.9, 0.999, 1e-8, 0.2), 3, 1, 1);
    for (int t = 1; t <= 3; t++) {
      double g = 3 * x;
      m = 0.9 * m + 0.1 * g;
      s = 0.999 * s + 0.001 * g * g;
      double step = m / (1 - Math.pow(0.9, t)) / (Math.sqrt(s / (1 - Math.pow(0.999, t))) + 1e-8);
      x -= RATE * (step + 0.2 * x);
      assertThat(path[t - 1]).isCloseTo(x, within(1e-6));
    }
  }

  @Test
  void theLargestElementOfEachRowMovesByTheRate() {
    double[][] x = {{0.5, -0.2}, {0.95, 0.1}};
    double[][] g = {{4, -1}, {-0.003, 0.001}};
    double[][] v = new double[2][2];
    LargestStep rule = new LargestStep(0.6, 1);
    try (Scope scope = Scope.open()) {
      Tensor gradient = Tensor.of(new double[] {4, -1, -0.003, 0.001}, 2, 2);
      Optimizer.State state =
          rule.start(List.of(Tensor.of(new double[] {0.5, -0.2, 0.95, 0.1}, 2, 2)));
      for (int step = 0; step < 3; step++) {
        state = rule.step(state, List.of(gradient.mul(step + 1)), RATE);
        for (int row = 0; row < 2; row++) {
          v[row][0] = 0.6 * v[row][0] + (step + 1) * g[row][0];
          v[row][1] = 0.6 * v[row][1] + (step + 1) * g[row][1];
          double largest = Math.max(Math.abs(v[row][0]), Math.abs(v[row][1]));
          for (int i = 0; i < 2; i++) {
            x[row][i] = Math.max(-1, Math.min(1, x[row][i] - RATE * v[row][i] / largest));
            assertThat(state.values().get(0).toDoubles()[2 * row + i])
                .isCloseTo(x[row][i], within(1e-12));
          }
        }
      }
    }
    assertThat(x[1][0]).isEqualTo(1);
  }

  @Test
  void aVectorIsARowAndNoGradientIsNoStep() {
    try (Scope scope = Scope.open()) {
      Optimizer.State state =
          new LargestStep(0, 1).start(List.of(Tensor.zeros(3), Tensor.zeros(2, 2)));
      Tensor gradient = Tensor.of(new float[] {2, -4, 1}, 3);
      state = new LargestStep(0, 1).step(state, List.of(gradient, Tensor.zeros(2, 2)), RATE);
      assertThat(state.values().get(0).toFloats()).containsExactly(-0.05f, 0.1f, -0.025f);
      assertThat(state.values().get(1).toFloats()).containsOnly(0);
    }
  }

  @Test
  void aMissingGradientIsAnError() {
    try (Scope scope = Scope.open()) {
      Optimizer.State state = new Adam().start(List.of(Tensor.ones(2), Tensor.ones(2)));
      assertThatThrownBy(() -> new Adam().step(state, List.of(Tensor.ones(2)), RATE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("there are 2 tensors, but 1 gradients");
    }
  }
}
