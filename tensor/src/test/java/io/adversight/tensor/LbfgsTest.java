package io.adversight.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LbfgsTest {
  private static final Offset<Double> CLOSE = within(1e-6);

  /** (1 - a)^2 + 100 (b - a^2)^2 for rows (a, b). */
  private static Lbfgs.Evaluation rosenbrock(Tensor points, int... rows) {
    double[] p = points.toDoubles();
    double[] values = new double[p.length / 2];
    double[] gradients = new double[p.length];
    for (int i = 0; i < values.length; i++) {
      double a = p[2 * i];
      double b = p[2 * i + 1];
      values[i] = (1 - a) * (1 - a) + 100 * (b - a * a) * (b - a * a);
      gradients[2 * i] = -2 * (1 - a) - 400 * a * (b - a * a);
      gradients[2 * i + 1] = 200 * (b - a * a);
    }
    return new Lbfgs.Evaluation(
        Tensor.of(values, values.length), Tensor.of(gradients, values.length, 2));
  }

  @Test
  void findsTheValleyOfRosenbrockFromSeveralPointsAtOnce() {
    try (Scope scope = Scope.open()) {
      Tensor start = Tensor.of(new double[] {-1.2, 1, 3, -2, 1, 1}, 3, 2);
      Tensor end = new Lbfgs(10, 200, 30, 1e-9).minimize(start, -10, 10, LbfgsTest::rosenbrock);
      for (double coordinate : end.toDoubles()) {
        assertThat(coordinate).isCloseTo(1, CLOSE);
      }
    }
  }

  @Test
  void stopsAtTheBorderOfTheBox() {
    try (Scope scope = Scope.open()) {
      // On a <= 0.5 the minimum of Rosenbrock's function is at (0.5, 0.25).
      Tensor start = Tensor.of(new double[] {-1.2, 0.3}, 1, 2);
      Tensor end = new Lbfgs(10, 200, 30, 1e-9).minimize(start, -2, 0.5, LbfgsTest::rosenbrock);
      assertThat(end.toDoubles()[0]).isCloseTo(0.5, CLOSE);
      assertThat(end.toDoubles()[1]).isCloseTo(0.25, CLOSE);
    }
  }

  @Test
  void solvesAQuadraticWithManyScalesInFewSteps() {
    int n = 8;
    int[] calls = {0};
    try (Scope scope = Scope.open()) {
      double[] scales = new double[n];
      Arrays.setAll(scales, i -> Math.pow(3, i));
      Tensor diagonal = Tensor.of(scales, 1, n);
      Lbfgs.Function quadratic =
          (points, rows) -> {
            calls[0]++;
            Tensor gradient = points.sub(2).mul(diagonal);
            Tensor value = gradient.mul(points.sub(2)).sumPerImage().div(2);
            return new Lbfgs.Evaluation(value.reshape(-1), gradient);
          };
      Tensor start = Tensor.of(new double[n], 1, n);
      Tensor end = new Lbfgs(10, 100, 30, 1e-9).minimize(start, -10, 10, quadratic);
      for (double coordinate : end.toDoubles()) {
        assertThat(coordinate).isCloseTo(2, CLOSE);
      }
      assertThat(calls[0]).isLessThan(200); // plain descent needs thousands at condition 2187
    }
  }

  @Test
  void aRowEndsWhereItWouldEndAlone() {
    try (Scope scope = Scope.open()) {
      Lbfgs lbfgs = new Lbfgs(5, 12, 20, 1e-9);
      Tensor start = Tensor.of(new double[] {-1.2, 1, 3, -2}, 2, 2);
      double[] both = lbfgs.minimize(start, -10, 10, LbfgsTest::rosenbrock).toDoubles();
      double[] second = lbfgs.minimize(start.rows(1), -10, 10, LbfgsTest::rosenbrock).toDoubles();
      assertThat(Arrays.copyOfRange(both, 2, 4)).containsExactly(second);
    }
  }
}
