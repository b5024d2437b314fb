package io.adversight.saliency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.image.Plane;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SaliencyGraphTest {
  private static final int HEIGHT = 5;
  private static final int WIDTH = 7;
  private static final int NODES = HEIGHT * WIDTH;
  private static final double SIGMA = 1.4;
  private static final Plane MAP =
      Plane.generate(HEIGHT, WIDTH, (y, x) -> 0.1 + (3 * y * y + 5 * x) % 11);

  private static double nearness(int i, int j) {
    int dy = Math.floorDiv(i, WIDTH) - Math.floorDiv(j, WIDTH);
    int dx = i % WIDTH - j % WIDTH;
    return Math.exp(-(dx * dx + dy * dy) / (2 * SIGMA * SIGMA));
  }

  /** The transition matrix of the weights, written down as in the paper: rows add up to one. */
  private static double[][] transitions(
      java.util.function.DoubleBinaryOperator weight, double[] m) {
    double[][] matrix = new double[NODES][NODES];
    for (int i = 0; i < NODES; i++) {
      double sum = 0;
      for (int j = 0; j < NODES; j++) {
        matrix[i][j] = weight.applyAsDouble(m[i], m[j]) * nearness(i, j);
        sum += matrix[i][j];
      }
      for (int j = 0; j < NODES; j++) {
        matrix[i][j] /= sum;
      }
    }
    return matrix;
  }

  private static double[] step(double[] probability, double[][] transitions) {
    double[] next = new double[NODES];
    for (int i = 0; i < NODES; i++) {
      for (int j = 0; j < NODES; j++) {
        next[j] += probability[i] * transitions[i][j];
      }
    }
    return next;
  }

  private static double[] powerIteration(double[][] transitions) {
    double[] probability = new double[NODES];
    Arrays.fill(probability, 1.0 / NODES);
    for (int i = 0; i < 2000; i++) {
      probability = step(probability, transitions);
    }
    return probability;
  }

  @Test
  void activationIsTheEquilibriumThatPowerIterationFinds() {
    double[][] transitions =
        transitions((from, to) -> Math.abs(Math.log(from / to)), MAP.toArray());
    double[] activation = SaliencyGraph.activation(MAP, SIGMA).toArray();
    assertThat(step(activation, transitions)).containsExactly(activation, within(1e-12));
    assertThat(activation).containsExactly(powerIteration(transitions), within(1e-9));
    assertThat(Arrays.stream(activation).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void concentrationIsTheEquilibriumThatPowerIterationFinds() {
    Plane activation = SaliencyGraph.activation(MAP, SIGMA);
    double[][] transitions = transitions((from, to) -> to, activation.toArray());
    double[] concentrated = SaliencyGraph.concentrated(activation, SIGMA).toArray();
    assertThat(step(concentrated, transitions)).containsExactly(concentrated, within(1e-12));
    assertThat(concentrated).containsExactly(powerIteration(transitions), within(1e-9));
  }

  @Test
  void concentrationSharpensAPeak() {
    Plane bump = Plane.generate(9, 9, (y, x) -> 1 + 5 * Math.exp(-Math.hypot(y - 4, x - 4)));
    double sum = Arrays.stream(bump.toArray()).sum();
    Plane before = bump.map(value -> value / sum);
    assertThat(SaliencyGraph.concentrated(before, 1).max()).isGreaterThan(1.5 * before.max());
  }

  @Test
  void constantMapActivatesNothing() {
    assertThat(SaliencyGraph.activation(MAP.map(value -> 2), SIGMA).max()).isZero();
  }
}
